package io.creditrollover.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a server does to its clients: it is full, slow, shut down, cancels, or its answer to a commit gets lost. */
@Tag("chaos")
class ServerFaultsTest {
    private static final String BROKEN_OFF = "closed the connection|cannot be reached|was lost";

    private static final String COMMITTED_CHUNKS = "select count(*) from chaos_witness";

    private static ChaosEnvironment world;
    private static ReferenceRun twin;

    private final long seed = Rounds.seed();
    private final int rounds = Rounds.of("server", 3);

    @BeforeAll
    static void makeAWorldAndItsTwin() throws IOException, SQLException {
        world = ChaosEnvironment.create(Rounds.seed(), 600, new ChaosServer.Setup(List.of(), "max_connections = 30"));
        twin = ReferenceRun.of(world);
    }

    @AfterAll
    static void end() throws IOException {
        if (world != null) {
            world.close();
        }
    }

    @AfterEach
    void isThereForTheNext() {
        world.proxy().delay(0);
        world.server().comeBack();
    }

    @Test
    void noConnectionIsLeftBeforeTheRunOrInTheMiddleOfIt() throws Exception {
        for (long now = seed; now < seed + rounds; now++) {
            try (ObstacleRound round = round(now)) {
                try (Crowd crowd = Crowd.at(world.server())) {
                    round.fails(null, "All connections of the database are in use.*53300|All connections .*clients");
                }
                round.nothingIsHalfDone(world.server());
                Crowd[] crowd = new Crowd[1];
                round.fails(
                        trap(now, () -> {
                            crowd[0] = Crowd.at(world.server());
                            crowd[0].push();
                        }),
                        "All connections of the database are in use|" + BROKEN_OFF);
                crowd[0].close();
                round.nothingIsHalfDone(world.server());
                round.endsLikeTheTwin();
            }
        }
        said("connections exhausted before and in mid-run");
    }

    /** The way to the server is slower than the pool has patience: it has connections, and none of them is free. */
    @Test
    void aPoolWithoutAFreeConnectionSaysSo() throws Exception {
        for (long now = seed; now < seed + rounds; now++) {
            try (ObstacleRound round = round(now)) {
                round.with(Map.of("SPRING_DATASOURCE_HIKARI_CONNECTIONTIMEOUT", "250"));
                world.proxy().delay(200);
                round.fails(null, "No connection to the database became available in time|cannot be reached");
                world.proxy().delay(0);
                round.nothingIsHalfDone(world.server());
                round.with(Map.of("SPRING_DATASOURCE_HIKARI_CONNECTIONTIMEOUT", "10000"));
                round.endsLikeTheTwin();
            }
        }
        said("no free connection in the pool");
    }

    @Test
    void aPoliteShutdownInTheMiddleOfARunIsResumedFrom() throws Exception {
        for (long now = seed; now < seed + rounds; now++) {
            try (ObstacleRound round = round(now)) {
                round.fails(trap(now, world.server()::stopPolitely), BROKEN_OFF);
                round.fails(null, "cannot be reached");
                world.server().restart();
                round.nothingIsHalfDone(world.server());
                round.endsLikeTheTwin();
            }
        }
        said("polite shutdowns");
    }

    @Test
    void aSlowServerOnlyTakesLonger() throws Exception {
        for (long now = seed; now < seed + rounds; now++) {
            int delay = 20 + new Random(now).nextInt(31);
            try (ObstacleRound round = round(now)) {
                round.with(Map.of("ROLLOVER_LEASE_DURATION", "PT20S"));
                world.proxy().delay(delay);
                JarProcess.Ended ended = round.attempt(null);
                assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();
                world.proxy().delay(0);
                round.endsLikeTheTwin();
            }
            Rounds.say("%d ms a packet, seed %d, no violation", delay, now);
        }
        said("a slow network");
    }

    /** The chunk is committed, and its process is told that the connection broke. */
    @Test
    void aChunkWhoseCommitWasAnsweredToNobodyIsNotDoneTwice() throws Exception {
        for (long now = seed; now < seed + rounds; now++) {
            try (ObstacleRound round = round(now)) {
                AtomicLong before = new AtomicLong();
                AtomicBoolean lost = new AtomicBoolean();
                round.with(Map.of("ROLLOVER_THREADS", "1"));
                Happening chunk = () -> {
                    before.set(count(round, COMMITTED_CHUNKS));
                    world.proxy().set(loses(round, before.get(), lost));
                };
                round.fails(trap(now, chunk), BROKEN_OFF + "|lease");
                assertThat(lost.get())
                        .as("the chunk's commit was answered to nobody")
                        .isTrue();
                round.nothingIsHalfDone(world.server());
                round.endsLikeTheTwin();
            }
        }
        said("answers to a chunk's commit lost");
    }

    /** Lets answers to other commits through, such as that of the lease's renewal. */
    private static TcpProxy.Trap loses(ObstacleRound round, long before, AtomicBoolean lost) {
        return new TcpProxy.Trap("COMMIT", 1, true, () -> {
            if (count(round, COMMITTED_CHUNKS) == before) {
                world.proxy().set(loses(round, before, lost));
                return TcpProxy.Then.FORWARD;
            }
            lost.set(true);
            world.proxy().cut();
            return TcpProxy.Then.CUT;
        });
    }

    @Test
    void aRunWhoseCompletionWasAnsweredToNobodyIsComplete() throws Exception {
        for (long now = seed; now < seed + rounds; now++) {
            try (ObstacleRound round = round(now)) {
                AtomicLong completed = new AtomicLong();
                TcpProxy.Trap completion = new TcpProxy.Trap("set status = $1, message = $2", 1, false, () -> {
                    world.proxy().set(new TcpProxy.Trap("COMMIT", 1, true, () -> {
                        completed.set(
                                count(round, "select count(*) from credit_rollover_runs where status = 'COMPLETED'"));
                        world.proxy().cut();
                        return TcpProxy.Then.CUT;
                    }));
                    return TcpProxy.Then.FORWARD;
                });
                round.mayFail(completion, BROKEN_OFF + "|lease");
                assertThat(completed.get())
                        .as("committed, and answered to nobody")
                        .isOne();
                round.endsLikeTheTwin();
            }
        }
        said("answers to COMPLETED lost");
    }

    @Test
    void aStatementThatAnAdministratorCancelsIsResumedFrom() throws Exception {
        for (long now = seed; now < seed + rounds; now++) {
            ends(now, "pg_cancel_backend", "cancelled a statement.*user request");
        }
        said("statements cancelled");
    }

    @Test
    void aSessionThatAnAdministratorEndsIsResumedFrom() throws Exception {
        for (long now = seed; now < seed + rounds; now++) {
            ends(now, "pg_terminate_backend", BROKEN_OFF);
        }
        said("sessions ended");
    }

    /** The chunk's last statement meets a lock, and somebody who ends it there. */
    private static void ends(long seed, String how, String says) throws SQLException {
        try (ObstacleRound round = round(seed)) {
            round.with(Map.of("ROLLOVER_LEASE_DURATION", "PT40S"));
            AtomicLong ended = new AtomicLong();
            CountDownLatch locked = new CountDownLatch(1);
            Happening administrator = () -> {
                new Thread(() -> ended.set(whileItWaits(round, how, locked)), "administrator").start();
                locked.await();
            };
            round.fails(trap(seed, administrator), says);
            assertThat(ended.get()).as("statements ended").isPositive();
            round.nothingIsHalfDone(world.server());
            round.endsLikeTheTwin();
        }
    }

    private static long whileItWaits(ObstacleRound round, String how, CountDownLatch locked) {
        try (Connection lock = world.server().connect(round.database());
                Connection look = world.server().connect(round.database());
                Statement locking = lock.createStatement()) {
            lock.setAutoCommit(false);
            locking.execute("lock table credit_rollover_tallies in share mode");
            locked.countDown();
            long ended = 0;
            for (int i = 0; ended == 0 && i < 500; i++) {
                ended = Long.parseLong(new Checker(look)
                        .strings("select count(*) filter (where " + how + "(pid))::text from pg_stat_activity"
                                + " where application_name like 'process-%' and wait_event_type = 'Lock'")
                        .get(0));
                ChaosServer.pause(10);
            }
            return ended;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long count(ObstacleRound round, String query) {
        try (Connection connection = world.server().connect(round.database())) {
            return Long.parseLong(new Checker(connection).strings(query).get(0));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What happens at some chunk early in a run. */
    @FunctionalInterface
    private interface Happening {
        void happens() throws SQLException, InterruptedException;
    }

    private static TcpProxy.Trap trap(long seed, Happening what) {
        return new TcpProxy.Trap(ObstacleRound.CHUNK, 1 + new Random(seed).nextInt(10), false, () -> {
            try {
                what.happens();
            } catch (SQLException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return TcpProxy.Then.FORWARD;
        });
    }

    private static ObstacleRound round(long seed) throws SQLException {
        return new ObstacleRound(world, twin, seed);
    }

    private void said(String what) {
        Rounds.say("%s: no violation", what);
        Rounds.count("server-rounds", rounds);
    }
}
