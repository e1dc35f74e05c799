package io.creditrollover.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The primary dies in mid-run and its address moves to a synchronous standby, which takes no writes until it is promoted.
 * No commit that was answered is lost, and the run ends there as it would have ended on the primary.
 */
@Tag("chaos")
class FailoverTest {
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
    void aRunThatAFailoverInterruptsEndsOnTheNewPrimary() throws Exception {
        int rounds = Rounds.of("failover", 3);
        for (int i = 0; i < rounds; i++) {
            failover(Rounds.seed() + i, world.directory().resolve("standby" + i));
            Rounds.say("failover, seed %d: %d of %d, no violation", Rounds.seed() + i, i + 1, rounds);
        }
        Rounds.count("failovers", rounds);
    }

    private static void failover(long seed, Path directory) throws SQLException, IOException {
        Random random = new Random(seed);
        String text = random.nextInt(3) == 0 ? "COMMIT" : ObstacleRound.CHUNK;
        int nth = 1 + random.nextInt(text.equals("COMMIT") ? twin.commits() : 15);
        ObstacleRound round = new ObstacleRound(world, twin, seed);
        try (ChaosServer standby = world.server().standby(directory)) {
            AtomicBoolean failed = new AtomicBoolean();
            TcpProxy.Trap failure = new TcpProxy.Trap(text, nth, random.nextBoolean(), () -> {
                world.server().crash();
                world.proxy().redirect(standby.port());
                failed.set(true);
                return TcpProxy.Then.CUT;
            });
            round.fails(failure, "cannot be reached|closed the connection|was lost|is read-only|lease");
            round.nothingIsHalfDone(standby);
            round.fails(null, "is read-only, for example a standby");
            standby.promote();
            round.endsLikeTheTwin(standby);
        } finally {
            world.proxy().redirect(world.server().port());
            world.server().comeBack();
            world.server()
                    .execute("postgres", "alter system reset synchronous_standby_names", "select pg_reload_conf()");
        }
        round.close();
    }
}
