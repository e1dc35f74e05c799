package io.creditrollover.benchmark;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/**
 * Users who go on spending: two hundred times a second somebody spends a credit, in a transaction of its own. A wait is
 * counted from the moment the spend was due, so that spends which queue behind a slow one count too.
 */
public final class LiveSpends implements AutoCloseable {
    private static final int PER_SECOND = 200;
    private static final int CONNECTIONS = 40;
    private static final String SPEND = "update users set credits = credits - 1 where id = ? and credits > 0";
    private static final String SPEND_OR_TOUCH = "update users set credits = greatest(credits - 1, 0) where id = ?";
    private static final long SEED = 20_261_101;

    private final Queue<Long> waitsNanos = new ConcurrentLinkedQueue<>();
    private final AtomicLong next = new AtomicLong();
    private final List<Thread> spenders = new ArrayList<>();
    private final int users;
    private final String sql;
    private final long startNanos;
    private volatile boolean counting;
    private volatile long endNanos = Long.MAX_VALUE;

    /** Starts to spend; waits count from {@link #count} on. */
    LiveSpends(Server server, String database, int users) throws SQLException {
        this(source(server, database), users);
    }

    /** As {@code LiveSpends(Server, String, int)}, on any server. */
    public LiveSpends(DataSource source, int users) throws SQLException {
        this(source, users, SPEND, CONNECTIONS);
    }

    /** Four spenders whose every transaction writes a row, after a month in which most users have nothing left. */
    static LiveSpends afterTheMonth(Server server, String database, int users) throws SQLException {
        return new LiveSpends(source(server, database), users, SPEND_OR_TOUCH, 4);
    }

    private LiveSpends(DataSource source, int users, String sql, int spendersAtOnce) throws SQLException {
        this.users = users;
        this.sql = sql;
        List<Connection> connections = new ArrayList<>();
        for (int i = 0; i < spendersAtOnce; i++) {
            connections.add(source.getConnection());
        }
        this.startNanos = System.nanoTime();
        for (Connection connection : connections) {
            Thread spender = new Thread(() -> spend(connection), "spender");
            spender.start();
            spenders.add(spender);
        }
    }

    private static DataSource source(Server server, String database) {
        return Objects.requireNonNull(server.jdbc(database).getDataSource());
    }

    private void spend(Connection connection) {
        try (connection;
                PreparedStatement spend = connection.prepareStatement(sql)) {
            long turn = next.getAndIncrement();
            for (long due = due(turn); due < endNanos; due = due(turn)) {
                pauseUntil(due);
                spend.setInt(1, 1 + new Random(SEED + turn).nextInt(users));
                spend.executeUpdate();
                if (counting) {
                    waitsNanos.add(System.nanoTime() - due);
                }
                turn = next.getAndIncrement();
            }
        } catch (SQLException failed) {
            throw new IllegalStateException("a spend failed", failed);
        }
    }

    private long due(long turn) {
        return startNanos + turn * 1_000_000_000L / PER_SECOND;
    }

    private static void pauseUntil(long dueNanos) {
        long left = dueNanos - System.nanoTime();
        while (left > 0) {
            java.util.concurrent.locks.LockSupport.parkNanos(left);
            left = dueNanos - System.nanoTime();
        }
    }

    /** From now on, counts. */
    public void count() {
        counting = true;
    }

    /** Ends when all that is due by now is spent, and returns what was counted. */
    public Waits end() throws InterruptedException {
        endNanos = System.nanoTime();
        for (Thread spender : spenders) {
            spender.join();
        }
        long[] sorted = waitsNanos.stream().mapToLong(Long::longValue).sorted().toArray();
        return new Waits(sorted.length, at(sorted, 0.5), at(sorted, 0.99), at(sorted, 1));
    }

    private static double at(long[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[(int) Math.min(sorted.length - 1, sorted.length * share)] / 1e6;
    }

    @Override
    public void close() {
        endNanos = Long.MIN_VALUE;
    }

    /** How long spends took, in milliseconds. */
    public record Waits(int spends, double p50, double p99, double max) {
        @Override
        public String toString() {
            return Arrays.asList(spends, p50, p99, max).toString();
        }
    }
}
