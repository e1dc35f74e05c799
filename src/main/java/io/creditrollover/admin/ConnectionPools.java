package io.creditrollover.admin;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Two pools behind one data source: one for leases and runs, one for everything that a browser can ask for. A thread says
 * that it works for pages, and the threads that it starts do so too; all others work for runs.
 */
final class ConnectionPools extends DelegatingDataSource implements AutoCloseable {
    /** One: dry runs are no hurry, and the database serves the host first. */
    static final int DRY_RUNS_AT_A_TIME = 1;

    /** Lease, progress, stop requests and Spring Batch, beside the connections of an attempt's threads. */
    private static final int BESIDE_THE_THREADS = 4;

    /** Attempts that wait for a lease, the schedule and the mail. */
    private static final int BESIDE_THE_RUNS = 4;

    /** Pages at a time, beside the one forecast. */
    private static final int PAGES = 8;

    private static final InheritableThreadLocal<Boolean> FOR_PAGES = new InheritableThreadLocal<>();

    private final HikariDataSource pages;

    /** Makes {@code runs} large enough for all attempts that are admitted at a time, and a second pool like it. */
    ConnectionPools(HikariDataSource runs, int threads) {
        super(runs);
        int attempt = 2 * threads + BESIDE_THE_THREADS;
        runs.setMaximumPoolSize((1 + DRY_RUNS_AT_A_TIME) * attempt + BESIDE_THE_RUNS);
        // Made without a configuration, so that it connects when it is first asked.
        this.pages = new HikariDataSource();
        runs.copyStateTo(pages);
        pages.setPoolName(runs.getPoolName() + "-pages");
        pages.setMaximumPoolSize(PAGES + threads);
    }

    /** From now on this thread, and those that it starts, work for pages. */
    static void workForPages() {
        FOR_PAGES.set(true);
    }

    /** From now on this thread works for a run. */
    static void workForRuns() {
        FOR_PAGES.remove();
    }

    @Override
    public Connection getConnection() throws SQLException {
        return Boolean.TRUE.equals(FOR_PAGES.get()) ? pages.getConnection() : super.getConnection();
    }

    @Override
    public void close() {
        pages.close();
    }
}
