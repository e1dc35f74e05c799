package io.creditrollover.run;

import io.creditrollover.rollover.RolloverOrder;
import io.creditrollover.rollover.RolloverSteps;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.SimpleJobBuilder;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.stereotype.Component;

/**
 * The job: preflight → backup → rollover → sweep → reconcile → report, with up to three rounds of sweep and reconcile. All but the
 * rollover step run at every attempt; the rollover step goes on where its ranges were.
 */
@Component
class RolloverJob {
    static final String NAME = "creditRolloverJob";

    private static final int MOST_SWEEPS = 3;
    private static final String SWEEPS = "rollover.sweeps";
    private static final String SWEEP_AGAIN = "SWEEP AGAIN";

    private final JobParts parts;
    private final Preflight preflight;
    private final BackupStep backup;
    private final RolloverSteps steps;
    private final Milestones milestones;

    RolloverJob(JobParts parts, Preflight preflight, BackupStep backup, RolloverSteps steps, Milestones milestones) {
        this.parts = parts;
        this.preflight = preflight;
        this.backup = backup;
        this.steps = steps;
        this.milestones = milestones;
    }

    /** Builds the job for one attempt at a run. */
    Job of(RolloverRun run, RolloverOrder order) {
        Step preflightStep = parts.step("preflight", contribution -> {
            ExecutionContext job = JobParts.contextOf(contribution);
            job.putInt(SWEEPS, 0);
            preflight.run(run, order, job);
        });
        Step sweep = parts.step("sweep", contribution -> {
            ExecutionContext job = JobParts.contextOf(contribution);
            int sweeps = job.getInt(SWEEPS) + 1;
            job.putInt(SWEEPS, sweeps);
            steps.sweep(order).run("sweep", sweeps >= MOST_SWEEPS);
        });
        Step reconcile = parts.step("reconcile", contribution -> {
            boolean last = JobParts.contextOf(contribution).getInt(SWEEPS) >= MOST_SWEEPS;
            if (!milestones.reconciled(order, last)) {
                contribution.setExitStatus(new ExitStatus(SWEEP_AGAIN));
            }
        });
        Step report = parts.step("report", contribution -> milestones.complete(order));
        SimpleJobBuilder job = parts.job(NAME, execution -> milestones.begun(execution, order.guard(), order.runId()))
                .start(preflightStep);
        backup.of(run, order).ifPresent(job::next);
        return job.next(steps.rollover(order))
                .next(sweep)
                .next(reconcile)
                .on(SWEEP_AGAIN)
                .to(sweep)
                .from(reconcile)
                .on(ExitStatus.COMPLETED.getExitCode())
                .to(report)
                .end()
                .build();
    }
}
