package io.creditrollover.chaos;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicLong;

/** Looks at the program's transactions many times a second, and remembers the oldest. */
final class TransactionAges implements AutoCloseable {
    private static final String LOOK = """
            select extract(epoch from clock_timestamp() - xact_start), application_name || ': ' || query
            from pg_stat_activity
            where datname = current_database() and application_name like 'process-%' and xact_start is not null
            order by xact_start limit 1
            """;

    private final Connection connection;
    private final Thread thread = new Thread(this::look, "transaction-ages");
    private volatile boolean over;
    private volatile double oldestSeconds;
    private volatile String oldest = "";
    private final AtomicLong looks = new AtomicLong();

    private TransactionAges(Connection connection) {
        this.connection = connection;
    }

    static TransactionAges of(ChaosServer server, String database) throws SQLException {
        TransactionAges ages = new TransactionAges(server.connect(database));
        ages.thread.start();
        return ages;
    }

    private void look() {
        try (Statement statement = connection.createStatement()) {
            while (!over) {
                try (ResultSet found = statement.executeQuery(LOOK)) {
                    looks.incrementAndGet();
                    if (found.next() && found.getDouble(1) > oldestSeconds) {
                        oldestSeconds = found.getDouble(1);
                        oldest = found.getString(2);
                    }
                }
                ChaosServer.pause(10);
            }
        } catch (SQLException gone) {
            throw new IllegalStateException(gone);
        }
    }

    double oldestSeconds() {
        return oldestSeconds;
    }

    @Override
    public void close() throws SQLException {
        over = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connection.close();
    }

    @Override
    public String toString() {
        String line = oldest.replaceAll("\\s+", " ");
        return "oldest transaction of " + looks + " looks " + oldestSeconds + " s ("
                + line.substring(0, Math.min(90, line.length())) + ")";
    }
}
