package io.creditrollover.chaos;

import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Started twice, restarted twice, frozen: one process works at a time. */
@Tag("chaos")
class OverlapTest {
    private static ChaosEnvironment world;
    private static ReferenceRun twin;

    @BeforeAll
    static void makeAWorldAndItsTwin() throws IOException, SQLException {
        world = ChaosEnvironment.create(Rounds.seed(), 600);
        twin = ReferenceRun.of(world);
    }

    @AfterAll
    static void end() throws IOException {
        if (world != null) {
            world.close();
        }
    }

    @Test
    void fourStartsThenFourRestartsMakeOneRunEach() throws Exception {
        long seed = Rounds.seed();
        int rounds = Rounds.of("overlap", 50);
        for (int i = 0; i < rounds; i++) {
            new OverlapRound(world, twin, seed + i).fourStarts();
            new OverlapRound(world, twin, seed + i).fourRestartsOfOneKilled();
            Rounds.say(
                    "four starts, four restarts, seed %d: lease %s, %d of %d, no violation",
                    seed + i, Rounds.lease(seed + i), i + 1, rounds);
        }
        Rounds.count("overlaps", rounds);
    }

    @Test
    void aFrozenProcessCommitsNothingMoreAndExits75() throws Exception {
        long seed = Rounds.seed();
        int rounds = Rounds.of("freeze", 20);
        for (int i = 0; i < rounds; i++) {
            new OverlapRound(world, twin, seed + i).frozenPastItsLease();
            Rounds.say(
                    "frozen past its lease, seed %d: lease %s, %d of %d, no violation",
                    seed + i, Rounds.lease(seed + i), i + 1, rounds);
        }
        Rounds.count("freezes", rounds);
    }

    @Test
    void aFrozenProcessThatHasSentPartOfAStatementLosesItsUsers() throws Exception {
        long seed = Rounds.seed();
        int rounds = Rounds.of("break-off", 3);
        for (int i = 0; i < rounds; i++) {
            new OverlapRound(world, twin, seed + i).frozenWithinAStatement();
            Rounds.say("frozen within a statement, seed %d: %d of %d, no violation", seed + i, i + 1, rounds);
        }
        Rounds.count("break-offs", rounds);
    }
}
