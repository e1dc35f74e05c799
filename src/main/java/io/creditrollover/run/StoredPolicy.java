package io.creditrollover.run;

import io.creditrollover.decision.PlanTerms;
import io.creditrollover.decision.RolloverPolicy;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The policy of a run: enough to repeat its decisions years later.
 *
 * @param pendingGrace ISO-8601 duration
 * @param unpaidStatuses besides the usual ones; null from an earlier version
 * @param plans by plan type
 * @param warnBy the last moment for the notice that an expiry requires; null for none
 */
record StoredPolicy(
        String zone,
        String pendingGrace,
        @Nullable Set<String> unpaidStatuses,
        Map<String, StoredPlan> plans,
        @Nullable Instant warnBy) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    StoredPolicy {
        plans = new TreeMap<>(plans);
    }

    /** The terms of one plan type, and its window's first instant. */
    record StoredPlan(
            boolean eligible,
            String window,
            Instant windowStart,
            @Nullable Integer maxCredits,
            int carryPercent) {
        private PlanTerms terms() {
            return new PlanTerms(eligible, Period.parse(window), maxCredits, carryPercent);
        }
    }

    static StoredPolicy of(RolloverPolicy policy) {
        Map<String, StoredPlan> plans = new TreeMap<>();
        policy.plans()
                .forEach((planType, terms) -> plans.put(
                        planType,
                        new StoredPlan(
                                terms.eligible(),
                                terms.window().toString(),
                                policy.windowStart(planType),
                                terms.maxCredits(),
                                terms.carryPercent())));
        return new StoredPolicy(
                policy.zone().getId(),
                policy.pendingGrace().toString(),
                policy.unpaidStatuses(),
                plans,
                policy.warnBy());
    }

    static StoredPolicy parse(String json) {
        return JSON.readValue(json, StoredPolicy.class);
    }

    String toJson() {
        return JSON.writeValueAsString(this);
    }

    RolloverPolicy on(LocalDate date, Set<String> planTypesOnSale) {
        Map<String, PlanTerms> terms = new TreeMap<>();
        plans.forEach((planType, plan) -> terms.put(planType, plan.terms()));
        RolloverPolicy policy = new RolloverPolicy(
                date,
                ZoneId.of(zone),
                terms,
                planTypesOnSale,
                java.time.Duration.parse(pendingGrace),
                unpaidStatuses == null ? Set.of() : unpaidStatuses);
        return policy.warnBy(warnBy);
    }

    /** Returns each differing key with both values; ignores pending grace and unpaid statuses. */
    List<String> differences(StoredPolicy other) {
        List<String> differences = new ArrayList<>();
        differ(differences, "rollover.zone", zone, other.zone);
        Set<String> planTypes = new TreeSet<>(plans.keySet());
        planTypes.addAll(other.plans.keySet());
        for (String planType : planTypes) {
            StoredPlan mine = plans.get(planType);
            StoredPlan theirs = other.plans.get(planType);
            String key = "rollover.plans." + planType;
            differ(differences, key + ".eligible", of(mine, StoredPlan::eligible), of(theirs, StoredPlan::eligible));
            differ(differences, key + ".window", of(mine, StoredPlan::window), of(theirs, StoredPlan::window));
            differ(
                    differences,
                    key + ".max-credits",
                    of(mine, StoredPlan::maxCredits),
                    of(theirs, StoredPlan::maxCredits));
            differ(
                    differences,
                    key + ".carry-percent",
                    of(mine, StoredPlan::carryPercent),
                    of(theirs, StoredPlan::carryPercent));
        }
        return differences;
    }

    private static <T> @Nullable T of(
            @Nullable StoredPlan plan, java.util.function.Function<StoredPlan, @Nullable T> part) {
        return plan == null ? null : part.apply(plan);
    }

    private static void differ(List<String> differences, String key, @Nullable Object mine, @Nullable Object theirs) {
        if (!Objects.equals(mine, theirs)) {
            differences.add(key + " was " + said(mine) + ", is now " + said(theirs));
        }
    }

    private static String said(@Nullable Object value) {
        return value == null ? "not set" : value.toString();
    }
}
