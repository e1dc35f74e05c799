package io.creditrollover.run;

import io.creditrollover.lease.HeldLease;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** Stop requests on the run's row: any process writes, the working one polls. */
@Component
public class StopRequests {
    private static final long POLL_MILLIS = 1_000;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    StopRequests(JdbcClient jdbc, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /** Requests a stop after the current chunk; returns false if the run is not RUNNING. */
    public boolean request(long runId, String requestedBy) {
        return jdbc.sql("""
                                update credit_rollover_runs
                                set stop_requested_at = clock_timestamp(), stop_requested_by = :by
                                where id = :id and status = 'RUNNING'
                                """).param("id", runId).param("by", requestedBy).update() == 1;
    }

    /** Clears an earlier request, then polls until closed. A request stops the holder of {@code lease}. */
    Poll poll(long runId, HeldLease lease) {
        transaction.executeWithoutResult(
                status -> jdbc.sql("""
                        update credit_rollover_runs set stop_requested_at = null, stop_requested_by = null
                        where id = :id and stop_requested_at is not null
                        """).param("id", runId).update());
        return new Poll(() -> {
            if (isRequested(runId)) {
                lease.requestStop();
            }
        });
    }

    private boolean isRequested(long runId) {
        return Boolean.TRUE.equals(transaction.execute(
                status -> jdbc.sql("""
                        select exists (select from credit_rollover_runs
                                       where id = :id and stop_requested_at is not null)
                        """).param("id", runId).query(Boolean.class).single()));
    }

    static final class Poll implements AutoCloseable {
        private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "stop-requests");
            thread.setDaemon(true);
            return thread;
        });
        private final Runnable look;

        private Poll(Runnable look) {
            this.look = look;
            var unused = timer.scheduleWithFixedDelay(this::look, POLL_MILLIS, POLL_MILLIS, TimeUnit.MILLISECONDS);
        }

        private void look() {
            try {
                look.run();
            } catch (DataAccessException | TransactionException passing) {
                // The next poll reads it; a failed read must not fail the run.
            }
        }

        @Override
        public void close() {
            timer.shutdownNow();
        }
    }
}
