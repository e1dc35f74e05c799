package io.creditrollover.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Killed, crashed, cut off, asked to stop: in the end it is as if nothing had happened. */
@Tag("chaos")
class FaultsTest {
    private static ChaosEnvironment world;
    private static ReferenceRun twin;

    @BeforeAll
    static void makeAWorldAndItsTwin() throws IOException, SQLException {
        world = ChaosEnvironment.create(Rounds.seed(), 600);
        twin = ReferenceRun.of(world);
        assertThat(twin.commits()).isGreaterThan(30);
        Rounds.say("world seed %d: %d commits in %d ms undisturbed", Rounds.seed(), twin.commits(), twin.millis());
    }

    @AfterAll
    static void end() throws IOException {
        if (world != null) {
            world.close();
        }
    }

    @Test
    void survivesKillNineAtRandomPoints() throws Exception {
        Rounds.inject(world, twin, Fault.KILL, Rounds.of("kill", 200), 5);
    }

    @Test
    void survivesDyingBeforeARangeIsSaved() throws Exception {
        for (long seed = Rounds.seed(); seed < Rounds.seed() + 3; seed++) {
            new FaultRound(world, twin, Fault.KILL, seed).dyingBeforeARangeIsSaved();
        }
        Rounds.count("kills", 6, Rounds.seed(), Rounds.seed() + 2);
    }

    @Test
    void survivesCrashesOfTheDatabase() throws Exception {
        Rounds.inject(world, twin, Fault.CRASH, Rounds.of("crash", 50), 4);
    }

    @Test
    void survivesCutConnections() throws Exception {
        Rounds.inject(world, twin, Fault.CUT, Rounds.of("cut", 60), 5);
    }

    @Test
    void survivesConnectionsThatSwallowEverything() throws Exception {
        Rounds.inject(world, twin, Fault.SWALLOW, Rounds.of("swallow", 40), 4);
    }

    @Test
    void endsInOrderOnSigterm() throws Exception {
        Rounds.inject(world, twin, Fault.TERM, Rounds.of("term", 50), 5);
    }
}
