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

/** Makes what looks at the chunks of a live run, for the process that leads it and for those that work on it. */
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

    /** Returns a watch that reads the forecast and the tables of the run when the first chunk needs them. */
    public ChunkWatch of(long runId) {
        return new WhenNeeded(() -> new LiveRunWatch(
                jdbc,
                runId,
                RunSlices.of(jdbc, runId),
                new TableIdentity(runs.find(runId).orElseThrow().hostTables()),
                tolerance));
    }

    /**
     * Keeps why a worker's chunk was refused, so that whoever leads the run stops it; nothing where that was not by a watch.
     *
     * @param guard of the worker; a worker that lost its claim keeps nothing
     */
    public void keepStop(long runId, Stream<Throwable> failures, FencingGuard guard) {
        failures.filter(StoppedException.class::isInstance)
                .map(StoppedException.class::cast)
                .findFirst()
                .ifPresent(stopped -> transaction.executeWithoutResult(status -> {
                    guard.lockToken();
                    approvals.stopCause(runId, stopped.stopCause());
                }));
    }

    /**
     * Stops whoever leads the run where a worker's chunk was refused by a watch.
     *
     * @param sentence what the worker said; null where it is not known
     * @throws ExitException 65
     */
    public void requireNotStopped(long runId, @Nullable String sentence) {
        StopCause cause = runs.find(runId).orElseThrow().stopCause();
        if (cause != null) {
            throw new StoppedException(
                    cause, Objects.requireNonNullElse(sentence, "Run " + runId + " was stopped by a worker."));
        }
    }

    /** Keeps why a run stopped by itself, in the transaction that ends its attempt. */
    void keepCause(long runId, StoppedException stopped) {
        approvals.stopCause(runId, stopped.stopCause());
    }

    /** A check that may refuse. */
    @FunctionalInterface
    interface Check {
        void run() throws InterruptedException;
    }

    /**
     * Runs a check of the host. Where it fails while a run waits for its own tables to come back, that is what is said, since
     * what the check advises would fit the wrong tables.
     *
     * @throws ExitException 65 naming the run, or what the check refuses
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

    /** Returns why a live run must stop for its host tables, whatever else a chunk failed with; empty where they are as stored. */
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

    /** The preflight stores what a watch reads, and comes after the watch was asked for. */
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
