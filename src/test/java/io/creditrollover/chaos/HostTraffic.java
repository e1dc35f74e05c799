package io.creditrollover.chaos;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Clients that spend and buy as hosts do, until they are stopped. What a client changes it notes in a journal, in the same
 * transaction, with the database's clock read while it holds the user's row: so a crash leaves no doubt about it.
 */
final class HostTraffic implements AutoCloseable {
    /** How a host changes a balance. */
    enum Habit {
        /** {@code credits = credits - 1}. */
        RELATIVE,
        /** Reads, then writes where the balance is still what was read, else tries again another time. */
        COMPARED,
        /** Reads, then writes what it makes of it, whatever happened since. */
        BLIND
    }

    private final ChaosServer server;
    private final String database;
    private final Habit habit;
    private final List<Integer> users;
    private final List<Thread> clients = new ArrayList<>();
    private final AtomicInteger spends = new AtomicInteger();
    private final AtomicInteger purchases = new AtomicInteger();
    private final AtomicInteger errors = new AtomicInteger();
    private final AtomicLong longestMillis = new AtomicLong();
    private volatile boolean stopped;

    private HostTraffic(ChaosServer server, String database, Habit habit, List<Integer> users) {
        this.server = server;
        this.database = database;
        this.habit = habit;
        this.users = users;
    }

    /** Makes the journal and lets {@code clients} begin; client k has the users to itself whose place is k modulo clients. */
    static HostTraffic start(ChaosServer server, String database, Habit habit, int clients, long seed)
            throws SQLException {
        server.execute(database, "create table chaos_initial as select id, credits from users", """
                create table chaos_journal (id bigint generated always as identity, user_id integer, delta integer,
                                            payment_id integer, at timestamptz default clock_timestamp())
                """);
        List<Integer> users = new ArrayList<>();
        try (Connection connection = server.connect(database)) {
            for (String id :
                    new Checker(connection).strings("select id::text from users where credits < 1000000 order by id")) {
                users.add(Integer.valueOf(id));
            }
        }
        HostTraffic traffic = new HostTraffic(server, database, habit, users);
        for (int k = 0; k < clients; k++) {
            int client = k;
            Thread thread = new Thread(() -> traffic.client(client, clients, new Random(seed + client)), "host-" + k);
            thread.setDaemon(true);
            thread.start();
            traffic.clients.add(thread);
        }
        return traffic;
    }

    /** Lets the clients finish what they are at. */
    @Override
    public void close() {
        stopped = true;
        for (Thread client : clients) {
            try {
                client.join(60_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
            if (client.isAlive()) {
                throw new AssertionError("a host's client waits for more than a minute");
            }
        }
    }

    @Override
    public String toString() {
        return spends + " spends, " + purchases + " purchases, " + errors + " errors, the longest took " + longestMillis
                + " ms";
    }

    private void client(int client, int clients, Random random) {
        while (!stopped) {
            try (Connection connection = server.connect(database)) {
                connection.setAutoCommit(false);
                while (!stopped) {
                    int place = random.nextInt(users.size());
                    // Two clients that read and write back the same user would lose each other's changes.
                    int own = habit == Habit.RELATIVE ? place : place - place % clients + client;
                    if (own < users.size()) {
                        long started = System.nanoTime();
                        act(connection, users.get(own), random);
                        longestMillis.accumulateAndGet((System.nanoTime() - started) / 1_000_000, Math::max);
                    }
                    ChaosServer.pause(random.nextInt(5));
                }
            } catch (SQLException broken) {
                errors.incrementAndGet();
                ChaosServer.pause(50);
            }
        }
    }

    private void act(Connection connection, int user, Random random) throws SQLException {
        switch (random.nextInt(5)) {
            case 0 -> buy(connection, user, random, false);
            case 1 -> buy(connection, user, random, true);
            default -> spend(connection, user);
        }
    }

    private void spend(Connection connection, int user) throws SQLException {
        if (change(connection, user, -1)) {
            note(connection, user, -1, null);
            spends.incrementAndGet();
        }
        connection.commit();
    }

    /** A pending payment; then the credits; then paid, in the same transaction or in one of its own. */
    private void buy(Connection connection, int user, Random random, boolean atOnce) throws SQLException {
        int payment = number(
                connection,
                "insert into payments (user_id, phone_number, plan_type, amount, credits_added, payment_status)"
                        + " select id, phone_number, 'starter', 9900, 10, 'pending' from users where id = ?"
                        + " returning id",
                user);
        connection.commit();
        ChaosServer.pause(random.nextInt(10));
        if (!change(connection, user, 10)) {
            connection.rollback();
            return;
        }
        note(connection, user, 10, payment);
        if (!atOnce) {
            connection.commit();
            ChaosServer.pause(random.nextInt(10));
        }
        number(
                connection,
                "update payments set payment_status = 'paid', created_at = clock_timestamp() where id = ? returning id",
                payment);
        connection.commit();
        purchases.incrementAndGet();
    }

    private boolean change(Connection connection, int user, int delta) throws SQLException {
        if (habit == Habit.RELATIVE) {
            return update(
                            connection,
                            "update users set credits = credits + ? where id = ? and credits + ? >= 0",
                            delta,
                            user,
                            delta)
                    == 1;
        }
        int read = number(connection, "select credits from users where id = ?", user);
        connection.commit();
        ChaosServer.pause(2);
        if (read + delta < 0) {
            return false;
        }
        return habit == Habit.BLIND
                ? update(connection, "update users set credits = ? where id = ?", read + delta, user) == 1
                : update(
                                connection,
                                "update users set credits = ? where id = ? and credits = ?",
                                read + delta,
                                user,
                                read)
                        == 1;
    }

    private static void note(
            Connection connection, int user, int delta, @org.jspecify.annotations.Nullable Integer payment)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into chaos_journal (user_id, delta, payment_id) values (?, ?, ?)")) {
            insert.setInt(1, user);
            insert.setInt(2, delta);
            insert.setObject(3, payment, java.sql.Types.INTEGER);
            insert.executeUpdate();
        }
    }

    private static int update(Connection connection, String sql, int... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setInt(i + 1, values[i]);
            }
            return statement.executeUpdate();
        }
    }

    private static int number(Connection connection, String sql, int value) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, value);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    throw new SQLException("user or payment " + value + " is gone");
                }
                return row.getInt(1);
            }
        }
    }
}
