package io.creditrollover.backup;

import io.creditrollover.exit.ExitCode;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Limits a backup by a timeout and a stop. */
final class Deadline {
    private final BooleanSupplier stop;
    private final Duration timeout;
    private final long startedNanos = System.nanoTime();

    Deadline(BooleanSupplier stop, Duration timeout) {
        this.stop = stop;
        this.timeout = timeout;
    }

    static final class StoppedException extends RuntimeException {}

    /** Throws {@link StoppedException} on a stop, {@link BackupFailedException} (75) after the timeout. */
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
