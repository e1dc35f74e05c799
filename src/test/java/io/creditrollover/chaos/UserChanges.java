package io.creditrollover.chaos;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A host that deletes users, merges one into another, and inserts them again as they were, one after the other until it is
 * stopped. It touches two users of three: those whose id modulo 3 is not 0.
 */
final class UserChanges implements AutoCloseable {
    private final ChaosServer server;
    private final String database;
    private final List<String> users;
    private final Random random;
    private final AtomicInteger changes = new AtomicInteger();
    private final AtomicInteger errors = new AtomicInteger();
    private final Thread thread = new Thread(this::work, "host");
    private volatile boolean stopped;

    private UserChanges(ChaosServer server, String database, List<String> users, long seed) {
        this.server = server;
        this.database = database;
        this.users = users;
        this.random = new Random(seed);
    }

    static UserChanges start(ChaosServer server, String database, long seed) throws SQLException {
        server.execute(database, "create table chaos_people as table users");
        List<String> users;
        try (Connection connection = server.connect(database)) {
            users = new Checker(connection).strings("select id::text from users where id % 3 <> 0 order by id");
        }
        UserChanges host = new UserChanges(server, database, users, seed);
        host.thread.setDaemon(true);
        host.thread.start();
        return host;
    }

    /** Waits until so many changes are made. */
    void await(int count) {
        long deadline = System.nanoTime() + ChaosEnvironment.PATIENCE.toNanos();
        while (changes.get() < count) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("only " + this);
            }
            ChaosServer.pause(20);
        }
    }

    @Override
    public void close() {
        stopped = true;
        try {
            thread.join(60_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return changes + " users changed, " + errors + " errors";
    }

    private void work() {
        while (!stopped) {
            try (Connection connection = server.connect(database);
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                while (!stopped) {
                    change(statement, any(), any());
                    connection.commit();
                    changes.incrementAndGet();
                    ChaosServer.pause(1);
                }
            } catch (SQLException again) {
                errors.incrementAndGet();
                ChaosServer.pause(20);
            }
        }
    }

    private void change(Statement statement, String user, String other) throws SQLException {
        switch (random.nextInt(4)) {
            case 0 -> statement.execute("delete from users where id = " + user);
            case 1 -> merge(statement, user, other);
            default ->
                statement.execute("insert into users overriding system value select * from chaos_people where id = "
                        + user + " on conflict do nothing");
        }
    }

    private static void merge(Statement statement, String from, String into) throws SQLException {
        if (!from.equals(into)) {
            statement.execute("update users set credits = least(2000000000, users.credits::bigint + f.credits)"
                    + " from users f where users.id = " + into + " and f.id = " + from);
            statement.execute("update payments set user_id = " + into + " where user_id = " + from);
            statement.execute("delete from users where id = " + from);
        }
    }

    private String any() {
        return users.get(random.nextInt(users.size()));
    }
}
