package io.creditrollover.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The clock of the program's machine is wrong, jumps, or is another one at each attempt; and that of the database jumps. */
@Tag("chaos")
class ClockTest {
    /** And a lease long enough for transactions that wait for another process to start. */
    private static final Map<String, String> ONE_CHUNK_AT_A_TIME =
            Map.of("ROLLOVER_PARTITIONS", "1", "ROLLOVER_THREADS", "1", "ROLLOVER_LEASE_DURATION", "PT10M");

    private static ChaosEnvironment world;
    private static ReferenceRun twin;

    private final long seed = Rounds.seed();
    private final int rounds = Rounds.of("clock", 3);

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
    void aClockThatIsWrongRunsTheRightMonth() throws Exception {
        for (String offset : List.of("+1d", "-1d", "+40d", "-40d")) {
            try (ObstacleRound round = new ObstacleRound(world, twin, seed)) {
                round.with(FakeTime.off(offset));
                JarProcess.Ended ended = round.attempt(null);
                assertThat(ended.exitCode()).as(ended.out() + ended.err()).isIn(0, 75);
                assertThat(ended.json().path("rolloverDate").asString())
                        .as("by a clock that is " + offset + " off")
                        .isEqualTo(world.date().toString());
                round.endsLikeTheTwin();
            }
            Rounds.say("the program's clock %s off, seed %d, no violation", offset, seed);
        }
    }

    @Test
    void aClockThatJumpsInMidRunChangesNothing() throws Exception {
        FakeTime time = FakeTime.in(world.directory());
        for (long now = seed; now < seed + rounds; now++) {
            Random random = new Random(now);
            List<String> offsets = List.of("+1d", "-1d", "+3600", "-3600", "+40d");
            time.set("+0");
            try (ObstacleRound round = new ObstacleRound(world, twin, now)) {
                round.with(time.environment());
                JarProcess.Ended ended = round.attempt(trap(() -> jumpsAt(time, offsets, random, 5), random));
                assertThat(ended.exitCode()).as(ended.out() + ended.err()).isIn(0, 75);
                round.endsLikeTheTwin();
            }
        }
        Rounds.say("the program's clock jumps twice in mid-run: no violation");
        Rounds.count("clock-rounds", rounds);
    }

    /** Sets the clock, and waits for a later chunk to set it once more. */
    private static void jumpsAt(FakeTime time, List<String> offsets, Random random, int later) {
        time.set(offsets.get(random.nextInt(offsets.size())));
        world.proxy().set(new TcpProxy.Trap(ObstacleRound.CHUNK, later, false, () -> {
            time.set(offsets.get(random.nextInt(offsets.size())));
            return TcpProxy.Then.FORWARD;
        }));
    }

    /** A machine that is ahead, then others that are not; or in another time zone, which is the same to Spring Batch. */
    @Test
    void attemptsWhoseClocksDifferGoOnWhereTheOneBeforeEnded() throws Exception {
        for (long now = seed; now < seed + rounds; now++) {
            Random random = new Random(now);
            try (ObstacleRound round = new ObstacleRound(world, twin, now)) {
                List<Map<String, String>> machines = now % 2 == 0
                        ? List.of(FakeTime.off("+1d"), FakeTime.off("+0"), FakeTime.off("-1d"))
                        : List.of(zone("Pacific/Auckland"), zone("UTC"), zone("America/Los_Angeles"));
                // One range, so that each attempt goes on in it for some chunks, and the next one must know how far.
                round.with(Map.of("ROLLOVER_PARTITIONS", "1", "ROLLOVER_THREADS", "1"));
                for (Map<String, String> machine : machines) {
                    round.with(machine);
                    round.fails(
                            trap(world.proxy()::cut, random), "connection to the database was lost|cannot be reached");
                    round.nothingIsHalfDone(world.server());
                }
                round.endsLikeTheTwin();
            }
        }
        Rounds.say("attempts on machines whose clocks differ: no violation");
        Rounds.count("clock-rounds", rounds);
    }

    /** This variable goes before the program's own option. */
    private static Map<String, String> zone(String zone) {
        return Map.of("_JAVA_OPTIONS", "-Duser.timezone=" + zone);
    }

    /** The server's own clock: two hours on from one moment to the next, with a lease of three seconds. */
    @Test
    void aDatabaseWhoseClockJumpsForwardEndsTheRunAsEver() throws Exception {
        FakeTime time = FakeTime.in(Files.createTempDirectory("clock"));
        ChaosServer.Setup setup = new ChaosServer.Setup(List.of(), "", time.environment());
        try (ChaosEnvironment jumping = ChaosEnvironment.create(seed, 600, setup)) {
            ReferenceRun undisturbed = ReferenceRun.of(jumping);
            for (long now = seed; now < seed + rounds; now++) {
                time.set("+0");
                try (ObstacleRound round = new ObstacleRound(jumping, undisturbed, now)) {
                    JarProcess.Ended ended = round.attempt(trap(() -> time.set("+7200"), new Random(now)));
                    assertThat(ended.exitCode()).as(ended.out() + ended.err()).isIn(0, 75);
                    round.nothingIsHalfDone(jumping.server());
                    round.endsLikeTheTwin();
                }
            }
        }
        Rounds.say("the database's clock jumps two hours: no violation");
        Rounds.count("clock-rounds", rounds);
    }

    /**
     * The lease looks as if it had run out; another process takes over just as its holder begins the next chunk, and is
     * held up before it changes anything that the holder would notice, so that nothing but the token is in its way.
     */
    @Test
    void aLeaseThatTheDatabasesClockRunsPastIsNotWorkedUnderTwice() throws Exception {
        for (long now = seed; now < seed + rounds; now++) {
            Random random = new Random(now);
            try (ObstacleRound round = new ObstacleRound(world, twin, now).with(ONE_CHUNK_AT_A_TIME);
                    TcpProxy other = TcpProxy.to(world.server().port())) {
                CountDownLatch holderEnded = new CountDownLatch(1);
                AtomicReference<@Nullable JarProcess> second = new AtomicReference<>();
                other.set(new TcpProxy.Trap("update credit_rollover_runs", 1, false, () -> await(holderEnded)));
                TcpProxy.Trap nextChunk = new TcpProxy.Trap("for share of t", 1, false, () -> {
                    second.set(takesOver(round.database(), other));
                    return TcpProxy.Then.FORWARD;
                });
                round.fails(trap(() -> world.proxy().set(nextChunk), random), "was taken by another process");
                holderEnded.countDown();
                JarProcess.Ended ended = Objects.requireNonNull(second.get()).await(ChaosEnvironment.PATIENCE);
                assertThat(ended.exitCode()).as(ended.out() + ended.err()).isIn(0, 75);
                round.endsLikeTheTwin();
            }
        }
        Rounds.say("the database's clock runs past the lease: no violation");
        Rounds.count("clock-rounds", rounds);
    }

    private static TcpProxy.Then await(CountDownLatch latch) {
        try {
            assertThat(latch.await(100, TimeUnit.SECONDS)).isTrue();
            return TcpProxy.Then.FORWARD;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Starts a process, and puts the lease's end back until that has taken over, whatever its holder renews. */
    private static JarProcess takesOver(String database, TcpProxy way) {
        try {
            String token = token(database);
            JarProcess next = world.start(way, database, ONE_CHUNK_AT_A_TIME, "run", "--json");
            for (int i = 0; i < 900 && token.equals(token(database)); i++) {
                if (!next.isAlive()) {
                    // It has seen the holder renew its lease.
                    next = world.start(way, database, ONE_CHUNK_AT_A_TIME, "run", "--json");
                }
                world.server().execute(database, """
                        update credit_rollover_leases set expires_at = now() - interval '1 hour'
                        where name = 'writer' and token = %s
                        """.formatted(token));
                ChaosServer.pause(100);
            }
            assertThat(token(database)).as("taken over").isNotEqualTo(token);
            return next;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String token(String database) throws SQLException {
        try (Connection connection = world.server().connect(database)) {
            return new Checker(connection)
                    .strings("select token::text from credit_rollover_tokens where name = 'writer'")
                    .get(0);
        }
    }

    private static TcpProxy.Trap trap(Runnable what, Random random) {
        return new TcpProxy.Trap(ObstacleRound.CHUNK, 3 + random.nextInt(4), random.nextBoolean(), () -> {
            what.run();
            return TcpProxy.Then.FORWARD;
        });
    }
}
