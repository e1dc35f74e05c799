package io.creditrollover.chaos;

import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Whoever leads a run is killed while others work on it; and manager and workers share a PgBouncer:
 * {@code -Dchaos.rounds.manager} and {@code -Dchaos.rounds.pooled}.
 */
@Tag("chaos")
class LedRunsTest {
    private static final int USERS = 800;

    private static ChaosEnvironment world;
    private static ReferenceRun twin;

    @BeforeAll
    static void makeAWorldAndItsTwin() throws IOException, SQLException {
        world = ChaosEnvironment.create(Rounds.seed(), USERS);
        twin = ReferenceRun.of(world);
    }

    @AfterAll
    static void end() throws IOException {
        if (world != null) {
            world.close();
        }
    }

    @Test
    void aRunWhoseManagerIsKilledIsRestartedWithWorkers() throws Exception {
        int rounds = Rounds.of("manager", 5);
        for (int round = 0; round < rounds; round++) {
            new LedRound(world, twin, Rounds.seed() + round).killedAndRestarted();
        }
        Rounds.count("manager-rounds", rounds);
    }

    @Test
    void aRunWhoseManagerIsKilledIsFinishedByOneProcess() throws Exception {
        int rounds = Rounds.of("manager", 5);
        for (int round = 0; round < rounds; round++) {
            new LedRound(world, twin, Rounds.seed() + round).killedAndRunAlone();
        }
        Rounds.count("manager-rounds", rounds);
    }

    /** Told past the pooler, where spring.flyway.url says how; without it, by looking every half second. */
    @Test
    void managerAndWorkersShareAPgBouncer() throws Exception {
        try (ChaosEnvironment pooled = ChaosEnvironment.behindPgBouncer(Rounds.seed(), USERS, 4)) {
            ReferenceRun alone = ReferenceRun.of(pooled);
            int rounds = Rounds.of("pooled", 2);
            for (int round = 0; round < rounds; round++) {
                new LedRound(pooled, alone, Rounds.seed() + round).undisturbed(true);
                new LedRound(pooled, alone, Rounds.seed() + round).undisturbed(false);
            }
            Rounds.count("pooled-rounds", rounds);
        }
    }
}
