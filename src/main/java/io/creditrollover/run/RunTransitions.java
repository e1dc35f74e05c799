package io.creditrollover.run;

import io.creditrollover.lease.FencingGuard;
import io.creditrollover.rollover.RunContext;
import io.creditrollover.rollover.Totals;
import io.creditrollover.undo.UndoContext;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes a job's transitions to its run's row. */
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

    /** Links each execution to the run through the job instance. */
    void begun(JobExecution execution, FencingGuard guard, long runId) {
        write(guard, () -> runs.setJobInstance(runId, execution.getJobInstanceId()));
    }

    void complete(RunContext order) {
        write(order.guard(), () -> move(order.runId(), RunStatus.COMPLETED));
    }

    /** Called after the last chunk, so the totals are final. An undo for everybody also marks the run UNDONE. */
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

    /** Called after the last chunk and its check. */
    void reinstated(UndoContext order, Totals reinstated) {
        write(order.guard(), () -> {
            runs.figures(order.runId(), reinstated);
            move(order.runId(), RunStatus.COMPLETED);
        });
    }

    /** A dry run says which limits would block a live one. */
    private void move(long runId, RunStatus next) {
        RolloverRun run = runs.find(runId).orElseThrow();
        runs.transition(run, next, run.mode() == RunMode.DRY_RUN ? runs.wouldBlock(runId) : null);
    }

    private void write(FencingGuard guard, Runnable change) {
        transaction.executeWithoutResult(status -> {
            guard.lockToken();
            change.run();
        });
    }
}
