package io.creditrollover.backup;

import io.creditrollover.exit.ExitCode;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** How long a copy may go on: until somebody asks to stop, or its time is up. */
final class Deadline {
    private final BooleanSupplier stop;
    private final Duration timeout;
    private final long startedNanos = System.nanoTime();

    Deadline(BooleanSupplier stop, Duration timeout) {
        this.stop = stop;
        this.timeout = timeout;
    }

    /** Somebody asked to stop. */
    static final class StoppedException extends RuntimeException {}

    /**
     * Returns while there is patience left.
     *
     * @throws StoppedException when somebody asked to stop
     * @throws BackupFailedException 75 when the time is up
     */
    void check() {
        if (isStopped()) {
            throw new StoppedException();
        }
        if (System.nanoTime() - startedNanos > timeout.toNanos()) {
            throw new BackupFailedException(ExitCode.RETRY, "it took longer than rollover.backup.timeout, " + timeout);
        }
    }

    boolean isStopped() {
        return stop.getAsBoolean();
    }

    Duration timeout() {
        return timeout;
    }

    double elapsedSeconds() {
        return (System.nanoTime() - startedNanos) / 1e9;
    }
}
