package io.creditrollover.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a host does at the worst moment: buys between read and write, holds rows, deletes users. */
@Tag("chaos")
class LiveHostTest {
    private static final String BUY = """
            insert into payments (user_id, phone_number, plan_type, amount, credits_added, payment_status, created_at)
            select id, phone_number, 'monthly', 29900, 50, 'paid', clock_timestamp() from users where id in (%s)
            """;

    private static ChaosEnvironment world;

    @BeforeAll
    static void makeAWorld() throws IOException, SQLException {
        world = ChaosEnvironment.create(Rounds.seed(), 300);
    }

    @AfterAll
    static void end() throws IOException {
        if (world != null) {
            world.close();
        }
    }

    /** The chunk has read the payments and holds the rows: the host's purchase comes after it, and stays. */
    @Test
    void aPurchaseBetweenReadAndWriteIsKept() throws Exception {
        String database = world.copy();
        String losers = losers(database, 1_000);
        prepare(database);
        CountDownLatch bought = new CountDownLatch(1);
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        Runnable purchase = () -> {
            try (Connection host = world.server().connect(database)) {
                host.setAutoCommit(false);
                buy(host, losers);
                host.commit();
            } catch (SQLException e) {
                failure.set(e);
            }
            bought.countDown();
        };
        world.proxy().set(new TcpProxy.Trap("update users u set credits", 1, false, () -> {
            new Thread(purchase, "host").start();
            ChaosServer.pause(50);
            return TcpProxy.Then.FORWARD;
        }));
        completes(database);
        bought.await();
        assertThat(failure.get()).isNull();
        addsUp(database);
    }

    /**
     * Credits first, long ago; their failed payments turn paid just before the chunk locks the rows. Read before the lock
     * they would be nothing, and the balance alone does not show it. Pending ones would wait for the sweep. By one thread: another's chunk might lock and read before
     * they are paid, and be right.
     */
    @Test
    void aPaymentThatTurnsPaidWhileRowsAreLockedCounts() throws Exception {
        String database = world.copy();
        String losers = losers(database, 1_000);
        world.server()
                .execute(
                        database,
                        BUY.formatted(losers)
                                .replace("'paid', clock_timestamp()", "'failed', now() - interval '1 minute'"),
                        "update users set credits = credits + 50 where id in (" + losers + ")");
        prepare(database);
        world.proxy().set(new TcpProxy.Trap("for no key update of u skip locked", 1, false, () -> {
            try {
                world.server()
                        .execute(
                                database,
                                "update payments set payment_status = 'paid' where payment_status = 'failed'"
                                        + " and plan_type = 'monthly' and created_at > now() - interval '30 minutes'");
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            return TcpProxy.Then.FORWARD;
        }));
        completes(database, Map.of("ROLLOVER_THREADS", "1"));
        addsUp(database);
        try (Connection connection = world.server().connect(database)) {
            assertThat(new Checker(connection)
                            .strings("select distinct action from credit_rollover_events where user_id in (" + losers
                                    + ")"))
                    .containsExactly("rollover");
        }
    }

    /** Their rows are skipped, and the sweep decides them by what the host has committed by then. */
    @Test
    void usersWhoseRowsTheHostHoldsForTenSecondsAreDecidedAfterIt() throws Exception {
        String database = world.copy();
        String losers = losers(database, 7);
        prepare(database);
        Thread letsGo;
        try (Connection host = world.server().connect(database)) {
            host.setAutoCommit(false);
            buy(host, losers);
            letsGo = new Thread(
                    () -> {
                        ChaosServer.pause(10_000);
                        try {
                            host.commit();
                        } catch (SQLException e) {
                            throw new IllegalStateException(e);
                        }
                    },
                    "host");
            letsGo.start();
            completes(database);
            letsGo.join();
        }
        addsUp(database);
        try (Connection connection = world.server().connect(database)) {
            assertThat(new Checker(connection)
                            .strings("select distinct action || ' ' || reason_code from credit_rollover_events"
                                    + " where user_id in (" + losers + ")"))
                    .as("renewed while the run waited")
                    .containsExactly("rollover RENEWED_AFTER_CUTOFF");
        }
    }

    /** A pending payment: the sweep waits, the payment becomes paid, and no credits expire. */
    @Test
    void aPendingPaymentThatTurnsPaidDuringTheRunSparesTheUser() throws Exception {
        String database = world.copy();
        String losers = losers(database, 5);
        prepare(database);
        world.server()
                .execute(
                        database,
                        BUY.formatted(losers).replace("'paid'", "'pending'"),
                        "update users set credits = credits + 50 where id in (" + losers + ")",
                        "insert into chaos_journal (user_id, delta) select id, 50 from users where id in (" + losers
                                + ")");
        CountDownLatch paid = new CountDownLatch(1);
        world.proxy().set(new TcpProxy.Trap("insert into credit_rollover_waits", 1, true, () -> {
            paid.countDown();
            try {
                world.server()
                        .execute(
                                database,
                                "update payments set payment_status = 'paid' where payment_status = 'pending'"
                                        + " and user_id in (" + losers + ")");
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            return TcpProxy.Then.FORWARD;
        }));
        completes(database, Map.of("ROLLOVER_PENDING_GRACE", "PT60S"));
        assertThat(paid.getCount()).as("turned paid while the run waited").isZero();
        addsUp(database);
        try (Connection connection = world.server().connect(database)) {
            assertThat(new Checker(connection)
                            .strings("select distinct action from credit_rollover_events where user_id in (" + losers
                                    + ")"))
                    .containsExactly("rollover");
        }
    }

    @Test
    void aUserDeletedInMidRunDoesNotStopIt() throws Exception {
        String database = world.copy();
        String losers = losers(database, 5);
        world.proxy().set(new TcpProxy.Trap("insert into credit_rollover_tallies", 2, false, () -> {
            try (Connection host = world.server().connect(database);
                    Statement statement = host.createStatement()) {
                statement.execute("set lock_timeout = '1s'");
                for (String user : List.of(losers.split(","))) {
                    try {
                        statement.execute("delete from users where id = " + user);
                    } catch (SQLException decidedAlready) {
                        // its event refers to it, or its chunk holds it
                    }
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            return TcpProxy.Then.FORWARD;
        }));
        completes(database);
        try (Connection connection = world.server().connect(database)) {
            Checker checker = new Checker(connection);
            checker.holdsTogether();
            checker.isCompleted();
        }
    }

    private static void prepare(String database) throws SQLException {
        world.server().execute(database, "create table chaos_initial as select id, credits from users", """
                        create table chaos_journal (id bigint generated always as identity, user_id integer,
                                                    delta integer, payment_id integer,
                                                    at timestamptz default clock_timestamp())
                        """);
    }

    /** Credits first, then paid; waits for the chunk that holds the rows. */
    private static void buy(Connection host, String users) throws SQLException {
        try (Statement statement = host.createStatement()) {
            statement.execute("update users set credits = credits + 50 where id in (" + users + ")");
            statement.execute(
                    "insert into chaos_journal (user_id, delta) select id, 50 from users where id in (" + users + ")");
            statement.execute(BUY.formatted(users));
        }
    }

    /** Ids of users who would lose credits if nothing happened, by the oracle. */
    private static String losers(String database, int atMost) {
        String ids = String.join(
                ",",
                world.verdicts().values().stream()
                        .filter(verdict -> verdict.losesCredits() && verdict.creditsBefore() < 1_000_000)
                        .limit(atMost)
                        .map(verdict -> String.valueOf(verdict.userId()))
                        .toList());
        assertThat(ids).as("losers in " + database).isNotEmpty();
        return ids;
    }

    private static void completes(String database) {
        completes(database, Map.of());
    }

    private static void completes(String database, Map<String, String> settings) {
        int exitCode = -1;
        for (int attempt = 0; exitCode != 0 && attempt < 4; attempt++) {
            try (JarProcess process = world.start(database, settings, "run", "--json")) {
                JarProcess.Ended ended = process.await(ChaosEnvironment.PATIENCE);
                exitCode = ended.exitCode();
                assertThat(exitCode).as(ended.out() + ended.err()).isIn(0, 75);
            }
        }
        world.proxy().set(null);
        assertThat(exitCode).isZero();
    }

    private static void addsUp(String database) throws SQLException {
        try (Connection connection = world.server().connect(database)) {
            Checker checker = new Checker(connection);
            checker.holdsTogether();
            checker.isCompleted();
            checker.addsUp();
        }
    }
}
