package io.creditrollover.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Behind a PgBouncer in transaction mode that has fewer connections to the server than the program would like: as on
 * connections of its own. Each copy of the world that is dropped is looked at for what was left in the sessions.
 */
@Tag("chaos")
class PgBouncerTest {
    private static final int SERVER_CONNECTIONS = 3;

    private static ChaosEnvironment world;
    private static ReferenceRun twin;

    @BeforeAll
    static void makeAWorldAndItsTwin() throws IOException, SQLException {
        world = ChaosEnvironment.behindPgBouncer(Rounds.seed(), 600, SERVER_CONNECTIONS);
        twin = ReferenceRun.of(world);
        Rounds.say("behind PgBouncer, %d server connections, world seed %d", SERVER_CONNECTIONS, Rounds.seed());
    }

    @AfterAll
    static void end() throws IOException {
        if (world != null) {
            world.close();
        }
    }

    @Test
    void everyCommandAnswersAsOnADirectConnection() throws Exception {
        int chunk = 3 + (int) (Rounds.seed() % 10);
        String pooled = world.copyOfTheHost();
        String direct = world.copyOfTheHost();
        try (Bystander another = Bystander.of(world, pooled);
                CommandRound behind = new CommandRound(world, pooled, world.port(), 4);
                CommandRound alone =
                        new CommandRound(world, direct, world.server().port(), 4)) {
            assertThat(behind.lifeOfARun(twin, chunk)).isEqualTo(alone.lifeOfARun(twin, chunk));
            another.noticedNothing();
            assertThat(behind.connections()).as("what the program would like").isGreaterThan(SERVER_CONNECTIONS);
        }
        world.drop(pooled);
        world.discard(direct);
    }

    /** A thread of a dry run reads on a second connection, so the pooler must have one more than there are threads. */
    @Test
    void aPlanIsCarriedOutAsOnADirectConnection() throws Exception {
        String pooled = world.copy();
        String direct = world.copy();
        try (Bystander another = Bystander.of(world, pooled);
                CommandRound behind = new CommandRound(world, pooled, world.port(), 2);
                CommandRound alone =
                        new CommandRound(world, direct, world.server().port(), 2)) {
            assertThat(behind.planned()).isEqualTo(alone.planned());
            another.noticedNothing();
        }
        world.drop(pooled);
        world.discard(direct);
    }

    @Test
    void survivesKillNine() throws Exception {
        Rounds.inject(world, twin, Fault.KILL, Rounds.of("kill", 9), 3);
    }

    @Test
    void survivesCrashesOfTheDatabase() throws Exception {
        Rounds.inject(world, twin, Fault.CRASH, Rounds.of("crash", 4), 2);
    }

    @Test
    void survivesCutConnections() throws Exception {
        Rounds.inject(world, twin, Fault.CUT, Rounds.of("cut", 9), 3);
    }

    @Test
    void survivesConnectionsThatSwallowEverything() throws Exception {
        Rounds.inject(world, twin, Fault.SWALLOW, Rounds.of("swallow", 6), 2);
    }

    @Test
    void endsInOrderOnSigterm() throws Exception {
        Rounds.inject(world, twin, Fault.TERM, Rounds.of("term", 6), 3);
    }

    @Test
    void fourStartsThenFourRestartsMakeOneRunEach() throws Exception {
        int rounds = Rounds.of("overlap", 2);
        for (int i = 0; i < rounds; i++) {
            new OverlapRound(world, twin, Rounds.seed() + i).fourStarts();
            new OverlapRound(world, twin, Rounds.seed() + i).fourRestartsOfOneKilled();
            Rounds.say("behind PgBouncer: four starts, four restarts, seed %d, no violation", Rounds.seed() + i);
        }
        Rounds.count("overlaps", rounds);
    }

    @Test
    void aFrozenProcessCommitsNothingMoreAndExits75() throws Exception {
        int rounds = Rounds.of("freeze", 2);
        for (int i = 0; i < rounds; i++) {
            new OverlapRound(world, twin, Rounds.seed() + i).frozenPastItsLease();
            Rounds.say("behind PgBouncer: frozen past its lease, seed %d, no violation", Rounds.seed() + i);
        }
        Rounds.count("freezes", rounds);
    }
}
