package io.creditrollover.admin;

import io.creditrollover.config.RolloverProperties;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import io.creditrollover.lease.StopSignal;
import io.creditrollover.run.Progress;
import io.creditrollover.run.RunOutcome;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Attempts of this server, each in its own thread. Shutdown asks them to stop and waits; {@code restart} resumes the
 * rest. Thread-safe.
 */
@OnlyWhenServing
@Component
class BackgroundRuns implements SmartLifecycle {
    /** Live runs and undos; the lease lets one of them work. */
    private static final int MAX_LIVE_ATTEMPTS = 4;

    private static final int MAX_DRY_RUN_ATTEMPTS = 8;
    private static final Duration PATIENCE_AT_THE_END = Duration.ofSeconds(20);

    private final Duration startTimeout;
    private final Set<BackgroundRun> attempts = ConcurrentHashMap.newKeySet();
    private final Semaphore dryRunConnections = new Semaphore(ConnectionPools.DRY_RUNS_AT_A_TIME, true);
    private volatile boolean open = true;

    BackgroundRuns(RolloverProperties properties) {
        // An attempt may wait for the lease of a dead process to end.
        this.startTimeout = properties.lease().duration().plusSeconds(30);
    }

    /** Blocks until the attempt ends. */
    @FunctionalInterface
    interface Work {
        RunOutcome with(StopSignal signal, Progress progress) throws InterruptedException;
    }

    /**
     * Returns when the execution has an id, or when there is nothing to do. A dry run first waits for its connections.
     *
     * @param ended receives the outcome of a begun attempt
     * @throws ExitException the service's own; 75 after a timeout, at shutdown or with too many attempts
     */
    StartResult begin(boolean dryRun, Work work, Consumer<RunOutcome> ended) {
        BackgroundRun attempt = admit(dryRun, dryRun ? waitingForConnections(work) : work, ended);
        attempt.start();
        try {
            return attempt.begun().get(startTimeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException refused) {
            throw asRuntimeException(refused.getCause());
        } catch (TimeoutException late) {
            attempt.stop();
            throw new ExitException(
                    ExitCode.RETRY, "The run did not start within " + startTimeout + " and was cancelled.");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            attempt.stop();
            throw new ExitException(ExitCode.RETRY, "This server is stopping.");
        }
    }

    private synchronized BackgroundRun admit(boolean dryRun, Work work, Consumer<RunOutcome> ended) {
        long alike =
                attempts.stream().filter(other -> other.isDryRun() == dryRun).count();
        if (!open || alike >= (dryRun ? MAX_DRY_RUN_ATTEMPTS : MAX_LIVE_ATTEMPTS)) {
            throw new ExitException(
                    ExitCode.RETRY,
                    open ? "Too many runs are running on this server. Try again later." : "This server is stopping.");
        }
        BackgroundRun attempt = new BackgroundRun(dryRun, work, ended, attempts::remove);
        attempts.add(attempt);
        return attempt;
    }

    private Work waitingForConnections(Work work) {
        return (signal, progress) -> {
            while (!dryRunConnections.tryAcquire(100, TimeUnit.MILLISECONDS)) {
                if (signal.isRequested()) {
                    throw new ExitException(
                            ExitCode.RETRY, "Other dry runs are running on this server. Nothing was changed.");
                }
            }
            try {
                return work.with(signal, progress);
            } finally {
                dryRunConnections.release();
            }
        };
    }

    private static RuntimeException asRuntimeException(@Nullable Throwable cause) {
        return cause instanceof RuntimeException exception ? exception : new IllegalStateException(cause);
    }

    /** Asks an execution to stop after its current chunk; returns false if it does not work here. */
    boolean stop(long executionId) {
        return attempts.stream()
                .filter(attempt -> attempt.isExecution(executionId))
                .peek(BackgroundRun::stop)
                .findFirst()
                .isPresent();
    }

    @Override
    public void start() {
        open = true;
    }

    @Override
    public void stop() {
        open = false;
        attempts.forEach(BackgroundRun::stop);
        long deadline = System.nanoTime() + PATIENCE_AT_THE_END.toNanos();
        attempts.forEach(attempt -> attempt.await(Duration.ofNanos(Math.max(1, deadline - System.nanoTime()))));
    }

    @Override
    public boolean isRunning() {
        return open;
    }
}
