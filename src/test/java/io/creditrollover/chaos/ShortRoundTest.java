package io.creditrollover.chaos;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A taste of the long suite ({@code -Pchaos}) in every build: killed, crashed, frozen, and under live traffic. */
class ShortRoundTest {
    /** Odd, so that the lease is short: see {@link Rounds#lease}. */
    private static final long SEED = Rounds.seed() | 1;

    private static ChaosEnvironment world;
    private static ReferenceRun twin;

    @BeforeAll
    static void makeAWorldAndItsTwin() throws IOException, SQLException {
        Rounds.say("short round, seed %d", SEED);
        world = ChaosEnvironment.create(SEED, 300);
        twin = ReferenceRun.of(world);
    }

    @AfterAll
    static void end() throws IOException {
        if (world != null) {
            world.close();
        }
    }

    @Test
    void aKilledRunEndsAsIfNothingHadHappened() throws Exception {
        new FaultRound(world, twin, Fault.KILL, SEED).run(1);
    }

    @Test
    void aCrashOfTheDatabaseLosesNothing() throws Exception {
        new FaultRound(world, twin, Fault.CRASH, SEED).run(1);
    }

    @Test
    void aFrozenProcessCommitsNothingMore() throws Exception {
        new OverlapRound(world, twin, SEED).frozenPastItsLease();
    }

    @Test
    void aFrozenProcessThatHasSentPartOfAStatementLosesItsUsers() throws Exception {
        new OverlapRound(world, twin, SEED).frozenWithinAStatement();
    }

    @Test
    void everyBalanceAddsUpUnderLiveTraffic() throws Exception {
        new TrafficRound(
                        world,
                        HostTraffic.Habit.RELATIVE,
                        4,
                        Map.of("ROLLOVER_PENDING_GRACE", "PT5S", "ROLLOVER_LEASE_DURATION", "PT20S"))
                .run(SEED, world.proxy(), 0);
    }
}
