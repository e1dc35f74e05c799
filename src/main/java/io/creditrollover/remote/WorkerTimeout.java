package io.creditrollover.remote;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Limits a manager's time without an active worker. */
final class WorkerTimeout {
    private static final Logger log = LoggerFactory.getLogger(WorkerTimeout.class);
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

    private final long runId;
    private final Duration atMost;
    private long atWorkNanos = System.nanoTime();
    private long saidNanos = atWorkNanos;

    WorkerTimeout(long runId, Duration atMost) {
        this.runId = runId;
        this.atMost = atMost;
    }

    /** Restarts the time: a worker is active. */
    void renew() {
        atWorkNanos = System.nanoTime();
        saidNanos = atWorkNanos;
    }

    /** Rejects (75) after the timeout, while no worker is active. */
    void check(long waitingRanges) {
        long now = System.nanoTime();
        Duration alone = Duration.ofNanos(now - atWorkNanos);
        if (alone.compareTo(atMost) >= 0) {
            throw new ExitException(
                    ExitCode.RETRY,
                    "No worker was running for run " + runId + " for " + atMost
                            + " (rollover.remote.wait-for-workers), and " + waitingRanges
                            + " partitions are not done. Start workers with the command worker and run it again.");
        }
        if (now - saidNanos >= BETWEEN_LINES.toNanos()) {
            saidNanos = now;
            log.warn(
                    "No worker has been running for run {} for {} s, and {} partitions are not done. Start workers with the command worker.",
                    runId,
                    alone.toSeconds(),
                    waitingRanges);
        }
    }
}
