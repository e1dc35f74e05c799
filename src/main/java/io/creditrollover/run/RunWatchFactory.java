package io.creditrollover.run;

import io.creditrollover.config.RolloverProperties;
import io.creditrollover.decision.RolloverDecision;
import io.creditrollover.exit.ExitException;
import io.creditrollover.host.TableIdentity;
import io.creditrollover.lease.FencingGuard;
import io.creditrollover.rollover.ChunkWatch;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Creates the watch over a live run's chunks, for manager and workers. */
@Lazy
@Component
public class RunWatchFactory {
    private final RunRepository runs;
    private final RunApprovals approvals;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Ratio tolerance;

    RunWatchFactory(
            RunRepository runs,
            RunApprovals approvals,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            RolloverProperties properties) {
        this.runs = runs;
        this.approvals = approvals;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.tolerance = Ratio.ofPercent(properties.safety().runTolerancePercent());
    }

    /** Returns a watch; it reads forecast and tables at the first chunk. */
    public ChunkWatch of(long runId) {
        return new WhenNeeded(() -> new LiveRunWatch(
                jdbc,
                runId,
                RunSlices.of(jdbc, runId),
                new TableIdentity(runs.find(runId).orElseThrow().hostTables()),
                tolerance));
    }

    /** Stores why a watch refused a worker's chunk, so the manager stops. Stores nothing without its claim. */
    public void keepStop(long runId, Stream<Throwable> failures, FencingGuard guard) {
        failures.filter(StoppedException.class::isInstance)
                .map(StoppedException.class::cast)
                .findFirst()
                .ifPresent(stopped -> transaction.executeWithoutResult(status -> {
                    guard.lockToken();
                    approvals.stopCause(runId, stopped.stopCause());
                }));
    }

    /** Stops the manager (65) if a watch refused a worker's chunk. {@code sentence} is the worker's message. */
    public void requireNotStopped(long runId, @Nullable String sentence) {
        StopCause cause = runs.find(runId).orElseThrow().stopCause();
        if (cause != null) {
            throw new StoppedException(
                    cause, Objects.requireNonNullElse(sentence, "Run " + runId + " was stopped by a worker."));
        }
    }

    /** Stores the cause, in the transaction of the attempt's end. */
    void keepCause(long runId, StoppedException stopped) {
        approvals.stopCause(runId, stopped.stopCause());
    }

    @FunctionalInterface
    interface Check {
        void run() throws InterruptedException;
    }

    /**
     * Runs a host check. If it fails while a run waits for its own tables, reports that run: the check's advice would
     * fit the wrong tables.
     *
     * @throws ExitException 65 naming the run, or the check's refusal
     */
    void requireStoredTablesWhere(Check check) throws InterruptedException {
        try {
            check.run();
        } catch (ExitException refused) {
            throw waitingForItsTables().<ExitException>map(stopped -> stopped).orElse(refused);
        }
    }

    private Optional<StoppedException> waitingForItsTables() {
        try {
            return approvals.findStoppedBy(StopCause.HOST_TABLES).flatMap(run -> changedTables(run.id()));
        } catch (DataAccessException unread) {
            return Optional.empty();
        }
    }

    /**
     * Returns the refusal if a live run's host tables changed since its first write; it overrides a chunk's failure.
     */
    Optional<StoppedException> changedTables(long runId) {
        RolloverRun run = runs.find(runId).orElseThrow();
        TableIdentity stored = new TableIdentity(run.hostTables());
        boolean changed = run.mode() == RunMode.LIVE
                && runs.hasWritten(runId)
                && !stored.lost(TableIdentity.read(jdbc)).isEmpty();
        return changed
                ? Optional.of(new StoppedException(
                        StopCause.HOST_TABLES,
                        "Run " + runId + " stopped: " + HostTablesCheck.difference(jdbc, stored)))
                : Optional.empty();
    }

    /** Loads at the first chunk: the preflight stores the input after the watch is requested. */
    private static final class WhenNeeded implements ChunkWatch {
        private final Supplier<ChunkWatch> made;
        private @Nullable ChunkWatch watch;

        private WhenNeeded(Supplier<ChunkWatch> made) {
            this.made = made;
        }

        @Override
        public void beforeCommit(List<RolloverDecision> decisions) {
            watch().beforeCommit(decisions);
        }

        private synchronized ChunkWatch watch() {
            if (watch == null) {
                watch = made.get();
            }
            return watch;
        }
    }
}
