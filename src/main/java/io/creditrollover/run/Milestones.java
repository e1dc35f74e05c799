package io.creditrollover.run;

import io.creditrollover.rollover.RolloverOrder;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** What a job writes to its run's row on the way: begun, reconciled, complete. */
@Component
class Milestones {
    private final Reconciliation reconciliation;
    private final RunTable runs;
    private final TransactionTemplate transaction;

    Milestones(Reconciliation reconciliation, RunTable runs, TransactionTemplate transaction) {
        this.reconciliation = reconciliation;
        this.runs = runs;
        this.transaction = transaction;
    }

    /** Ties the run to its job instance, so that each execution names it. */
    void begun(JobExecution execution, RolloverOrder order) {
        write(order, () -> runs.link(order.runId(), execution.getJobInstanceId()));
    }

    /** Returns whether the run may be called complete; see {@link Reconciliation#isComplete}. */
    boolean reconciled(RolloverOrder order, boolean last) {
        return reconciliation.isComplete(order, last);
    }

    /** Calls the run complete. */
    void complete(RolloverOrder order) {
        write(order, () -> runs.move(runs.find(order.runId()).orElseThrow(), RunStatus.COMPLETED, null));
    }

    private void write(RolloverOrder order, Runnable change) {
        transaction.executeWithoutResult(status -> {
            order.guard().enter();
            change.run();
        });
    }
}
