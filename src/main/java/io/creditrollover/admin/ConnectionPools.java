package io.creditrollover.admin;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Separates connections for browser requests from those for leases and runs. Page load therefore cannot take a run's
 * connections. A thread inherits its mark from its creator; unmarked threads work for runs.
 */
final class ConnectionPools extends DelegatingDataSource implements AutoCloseable {
    /** Dry runs are not urgent; the host's traffic has priority. */
    static final int DRY_RUNS_AT_A_TIME = 1;

    /** Lease, progress, stop requests and Spring Batch. */
    private static final int BESIDE_THE_THREADS = 4;

    /** Attempts waiting for a lease, the schedule and the mail. */
    private static final int BESIDE_THE_RUNS = 4;

    /** Concurrent pages, besides one forecast. */
    private static final int PAGES = 8;

    private static final Duration MAX_PAGE_WAIT = Duration.ofSeconds(4);

    private static final InheritableThreadLocal<Boolean> FOR_PAGES = new InheritableThreadLocal<>();

    private final HikariDataSource pages;

    /** Sizes {@code runs} for all admitted attempts; copies its settings for pages. */
    ConnectionPools(HikariDataSource runs, int threads) {
        super(runs);
        int attempt = 2 * threads + BESIDE_THE_THREADS;
        runs.setMaximumPoolSize((1 + DRY_RUNS_AT_A_TIME) * attempt + BESIDE_THE_RUNS);
        // This constructor connects on first use.
        this.pages = new HikariDataSource();
        runs.copyStateTo(pages);
        pages.setPoolName(runs.getPoolName() + "-pages");
        pages.setMaximumPoolSize(PAGES + threads);
        // A person waits for a page. Less would refuse pages to a crowd.
        pages.setConnectionTimeout(Math.min(runs.getConnectionTimeout(), MAX_PAGE_WAIT.toMillis()));
    }

    /** Creates daemon threads that work for pages. */
    static ThreadFactory threadsForPages(String name) {
        return work -> daemon(name, () -> {
            workForPages();
            work.run();
        });
    }

    /** Creates daemon threads that work for runs, unless a thread for pages asks for one. */
    static ThreadFactory threadsForRuns(String name) {
        return work -> daemon(name, work);
    }

    private static Thread daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    static void workForPages() {
        FOR_PAGES.set(true);
    }

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
