package io.creditrollover.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;

/** How much of it: {@code -Dchaos.seed}, {@code -Dchaos.rounds} and, for one kind, {@code -Dchaos.rounds.kill} and so on. */
final class Rounds {
    private static final long FIRST = Long.getLong("chaos.seed", System.currentTimeMillis() % 1_000_000_000);

    private Rounds() {}

    /** Returns the first seed: given, or what the clock showed once. */
    static long seed() {
        return FIRST;
    }

    /**
     * Returns the lease of a round: short, so that nobody waits long for a dead process; in one round of ten, by its seed,
     * as long as in production.
     */
    static Duration lease(long seed) {
        return Math.floorMod(seed, 10) == 0 ? Duration.ofSeconds(60) : Duration.ofSeconds(3);
    }

    /** Returns how long a process of such a round may take: it may have to wait until a dead one's lease runs out. */
    static Duration patience(Duration lease) {
        return ChaosEnvironment.PATIENCE.plus(lease.multipliedBy(2));
    }

    /** Returns how many rounds, faults or repetitions of a kind are wanted. */
    static int of(String kind, int usual) {
        return Integer.getInteger("chaos.rounds." + kind, Integer.getInteger("chaos.rounds", usual));
    }

    /** Injects that many faults of a kind, some to a round, with seeds that count upwards. */
    static void inject(ChaosEnvironment world, ReferenceRun twin, Fault fault, int faults, int perRound)
            throws SQLException, IOException {
        long first = seed();
        long seed = first;
        int injected = 0;
        while (injected < faults) {
            int now = new FaultRound(world, twin, fault, seed).run(Math.min(perRound, faults - injected));
            injected += now;
            say(
                    "%s seed %d: lease %s, %d faults, %d of %d, no violation",
                    fault, seed, lease(seed), now, injected, faults);
            seed++;
        }
        assertThat(injected).isGreaterThanOrEqualTo(faults);
        count(fault.inCounts(), injected, first, seed - 1);
    }

    /** Says to the campaign what was done without a violation: {@code src/test/campaign/run.sh} reads the line. */
    static void count(String what, int count, long firstSeed, long lastSeed) {
        System.out.printf("campaign: %s=%d seeds=%d-%d violations=0%n", what, count, firstSeed, lastSeed);
    }

    /** Counts rounds with one seed each, from the first on. */
    static void count(String what, int rounds) {
        count(what, rounds, seed(), seed() + rounds - 1);
    }

    static void say(String format, Object... arguments) {
        System.out.println("chaos: " + String.format(format, arguments));
    }
}
