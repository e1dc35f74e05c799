package io.creditrollover.run;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Reports a run's progress at intervals until closed. */
final class ProgressTicker implements AutoCloseable {
    private static final long INTERVAL_MILLIS = 500;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "progress");
        thread.setDaemon(true);
        return thread;
    });
    private final Runnable tell;

    ProgressTicker(Runnable tell) {
        this.tell = tell;
        var unused = timer.scheduleWithFixedDelay(this::tick, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void tick() {
        try {
            tell.run();
        } catch (DataAccessException | TransactionException passing) {
            // The next tick reports again; a failed report must not fail the run.
        }
    }

    /** Reports a last time. */
    @Override
    public void close() {
        timer.shutdown();
        tick();
    }
}
