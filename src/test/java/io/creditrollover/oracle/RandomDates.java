package io.creditrollover.oracle;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Dates at which a wrong reading of the contract and a right one differ. */
final class RandomDates {

    /** Go's zero time, and a year that has no nanoseconds since 1970 in 64 bits. */
    private static final List<Instant> ANCIENT =
            List.of(Instant.parse("0001-01-01T00:00:00Z"), Instant.parse("1707-01-01T00:00:00Z"));

    private final RandomSetup setup;
    private final Random random;
    private final Instant now;
    private final Instant cutoff;
    private final Instant graceStart;
    private final List<Instant> edges;

    RandomDates(RandomSetup setup, Random random) {
        this.setup = setup;
        this.random = random;
        this.now = setup.now();
        this.cutoff = setup.rules().cutoff();
        this.graceStart = now.minus(setup.rules().pendingGrace());
        this.edges = edges();
    }

    private List<Instant> edges() {
        OracleRules rules = setup.rules();
        LocalDate date = rules.date();
        List<Instant> all = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            all.add(cutoff);
        }
        for (OraclePlan plan : rules.plans().values()) {
            LocalDate start = date.minus(plan.window());
            for (int i = 0; i < 3; i++) {
                all.add(rules.windowStart(plan));
            }
            all.add(start.atStartOfDay(ZoneOffset.UTC).toInstant());
            all.add(start.plusDays(1).atStartOfDay(rules.zone()).toInstant());
            all.add(cutoff.atZone(ZoneOffset.UTC).minus(plan.window()).toInstant());
            all.add(now.atZone(rules.zone()).minus(plan.window()).toInstant());
            all.add(cutoff.minusSeconds((long) (plan.window().toTotalMonths() * 30.44 * 86_400)));
        }
        all.add(date.atStartOfDay(ZoneOffset.UTC).toInstant());
        all.add(date.minusDays(1).atStartOfDay(rules.zone()).toInstant());
        all.add(date.minusMonths(1).atStartOfDay(rules.zone()).toInstant());
        all.add(date.plusMonths(1).atStartOfDay(rules.zone()).toInstant());
        all.add(date.minusYears(5).atStartOfDay(rules.zone()).toInstant());
        all.add(cutoff.minus(30, ChronoUnit.DAYS));
        all.add(cutoff.minus(31, ChronoUnit.DAYS));
        all.add(now);
        return all;
    }

    Instant edge() {
        Instant at = edges.get(random.nextInt(edges.size()));
        return switch (random.nextInt(12)) {
            case 0, 1, 2 -> at;
            case 3, 4 -> at.minus(1, ChronoUnit.MICROS);
            case 5, 6 -> at.plus(1, ChronoUnit.MICROS);
            case 7 -> at.minusMillis(1);
            case 8 -> at.plusMillis(1);
            case 9 -> at.minusSeconds(random.nextInt(7_200));
            case 10 -> at.plusSeconds(random.nextInt(7_200));
            default -> at.plus(random.nextInt(40) - 20, ChronoUnit.DAYS);
        };
    }

    Instant ancient() {
        return ANCIENT.get(random.nextInt(ANCIENT.size()));
    }

    Instant infinite() {
        return random.nextBoolean() ? Instant.MIN : Instant.MAX;
    }

    Instant before(Instant end, long days) {
        return end.minus(1 + (long) (random.nextDouble() * days * 86_400_000_000d), ChronoUnit.MICROS)
                .truncatedTo(ChronoUnit.MICROS);
    }

    Instant between(Instant start, Instant end) {
        long micros = ChronoUnit.MICROS.between(start, end);
        return start.plus(1 + (long) (random.nextDouble() * micros), ChronoUnit.MICROS);
    }

    private Instant anywhere() {
        if (chance(3) && now.isAfter(cutoff)) {
            return between(cutoff, now);
        }
        return before(cutoff, 400);
    }

    /** For a payment of this status, beside the same user's earlier dates. */
    @Nullable Instant ofPayment(@Nullable String status, List<Instant> earlier) {
        boolean paid = "paid".equals(status);
        if (chance(paid ? 50 : 15)) {
            return null;
        }
        if (chance(60)) {
            return infinite();
        }
        if (chance(40)) {
            return ancient();
        }
        if ("pending".equals(status)) {
            return ofPending();
        }
        if (!earlier.isEmpty() && chance(4)) {
            Instant at = earlier.get(random.nextInt(earlier.size()));
            if (!at.isAfter(now)) {
                return at;
            }
        }
        return ofSettled(paid);
    }

    private Instant ofPending() {
        if (chance(8)) { // young, or of the future
            return settled(chance(3) ? now.plusSeconds(random.nextInt(90_000)) : between(graceStart, now), true);
        }
        if (chance(6)) { // exactly as old as the grace, or a microsecond off it
            return settled(graceStart.plus(random.nextInt(3) - 1, ChronoUnit.MICROS), true);
        }
        if (graceStart.isAfter(cutoff) && chance(5)) { // old, and after C
            return settled(between(cutoff, graceStart), true);
        }
        Instant at = edge();
        return settled(at.isAfter(graceStart) ? before(graceStart, 40) : at, true);
    }

    private Instant ofSettled(boolean paid) {
        for (int attempt = 0; attempt < 8; attempt++) {
            Instant at = chance(4) ? anywhere() : edge();
            if (!at.isAfter(now) || !paid || chance(60)) { // rarely paid in the future
                return settled(at, false);
            }
        }
        return settled(before(now, 60), false);
    }

    /** Moved out of the spans in which the clock's advance would change what a date means. */
    private Instant settled(Instant at, boolean pending) {
        if (setup.clockMargin().isZero()) {
            return at;
        }
        Instant result = at;
        if (result.isAfter(now) && !result.isAfter(now.plus(setup.clockMargin()))) {
            result = result.minus(setup.clockMargin());
        }
        if (pending && result.isAfter(graceStart) && !result.isAfter(graceStart.plus(setup.clockMargin()))) {
            result = result.minus(setup.clockMargin());
        }
        return result;
    }

    @Nullable Instant ofSignUp() {
        int dice = random.nextInt(100);
        if (dice < 8) {
            return null;
        }
        if (dice < 13) {
            return cutoff;
        }
        if (dice < 16) {
            return cutoff.plus(1, ChronoUnit.MICROS);
        }
        if (dice < 22) {
            return cutoff.minus(1, ChronoUnit.MICROS);
        }
        if (dice < 25) {
            return now;
        }
        if (dice < 30) {
            return edge();
        }
        if (dice < 31) {
            return infinite();
        }
        return dice < 33 ? ancient() : before(cutoff, 900);
    }

    private boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }
}
