package io.creditrollover.run;

import io.creditrollover.lease.FencingGuard;
import io.creditrollover.rollover.RunContext;
import io.creditrollover.rollover.Totals;
import io.creditrollover.undo.UndoContext;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes the transitions of a job to its run's row: begun, complete, undone. */
@Component
class RunTransitions {
    private final RunRepository runs;
    private final JdbcClient jdbc;
    private final Snapshots snapshots;
    private final TransactionTemplate transaction;

    RunTransitions(RunRepository runs, JdbcClient jdbc, Snapshots snapshots, TransactionTemplate transaction) {
        this.runs = runs;
        this.jdbc = jdbc;
        this.snapshots = snapshots;
        this.transaction = transaction;
    }

    /** Links a run to its job instance, and so to each execution. */
    void begun(JobExecution execution, FencingGuard guard, long runId) {
        write(guard, () -> runs.setJobInstance(runId, execution.getJobInstanceId()));
    }

    void complete(RunContext order) {
        write(order.guard(), () -> move(order.runId(), RunStatus.COMPLETED));
    }

    /**
     * Completes an undo with the totals of its chunks, all of them written. If it was for everybody, marks the run
     * UNDONE.
     */
    void undone(UndoContext order) {
        Totals givenBack = snapshots.read(() -> UndoTotals.of(jdbc, order.runId()));
        write(order.guard(), () -> {
            runs.figures(order.runId(), givenBack);
            move(order.runId(), RunStatus.COMPLETED);
            if (order.onlyUserId() == null) {
                move(order.undoneRunId(), RunStatus.UNDONE);
            }
        });
    }

    /** A dry run keeps its remark about blocking limits. */
    private void move(long runId, RunStatus next) {
        RolloverRun run = runs.find(runId).orElseThrow();
        runs.transition(run, next, run.mode() == RunMode.DRY_RUN ? run.message() : null);
    }

    private void write(FencingGuard guard, Runnable change) {
        transaction.executeWithoutResult(status -> {
            guard.lockToken();
            change.run();
        });
    }
}
