package io.creditrollover.oracle;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What a {@link RandomHost} is made from. */
record RandomSetup(
        long seed,
        OracleRules rules,
        Instant now,
        Duration clockMargin,
        boolean strayPhones,
        boolean nullableColumns,
        boolean bigintColumns) {

    /** Sorted: sets made by Set.of have no order that holds from one JVM to the next. */
    List<String> eligiblePlans() {
        return rules.plans().entrySet().stream()
                .filter(plan -> plan.getValue().eligible())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** The known plans that are not eligible, sorted. */
    List<String> ordinaryPlans() {
        Set<String> others = new LinkedHashSet<>();
        Stream.of(rules.knownPlanTypes(), rules.plans().keySet()).forEach(others::addAll);
        eligiblePlans().forEach(others::remove);
        return others.stream().sorted().toList();
    }

    /** Unique within any hundred million ids in a row, and not in their order. */
    static String phone(long userId) {
        return String.format("+9198%08d", Math.floorMod(userId, 100_000_000L) * 48_271L % 100_000_000L);
    }

    static int amount(String planType) {
        return switch (planType) {
            case "starter" -> 9_900;
            case "monthly" -> 29_900;
            case "power" -> 79_900;
            case "annual" -> 299_900;
            default -> 4_900;
        };
    }

    static int usualCredits(String planType) {
        return switch (planType) {
            case "starter" -> 10;
            case "monthly" -> 50;
            case "power" -> 150;
            case "annual" -> 600;
            default -> 5;
        };
    }
}
