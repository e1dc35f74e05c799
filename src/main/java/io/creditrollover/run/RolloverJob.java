package io.creditrollover.run;

import io.creditrollover.rollover.RunContext;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.SimpleJobBuilder;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.stereotype.Component;

/**
 * The job: preflight → backup → rollover → sweep → reconcile → report. Rollover resumes its partitions; other steps run
 * at every attempt.
 */
@Component
class RolloverJob {
    static final String NAME = "creditRolloverJob";

    private final StepFactory parts;
    private final Preflight preflight;
    private final BackupStep backup;
    private final DecidingSteps deciding;
    private final RunTransitions milestones;

    RolloverJob(
            StepFactory parts,
            Preflight preflight,
            BackupStep backup,
            DecidingSteps deciding,
            RunTransitions milestones) {
        this.parts = parts;
        this.preflight = preflight;
        this.backup = backup;
        this.deciding = deciding;
        this.milestones = milestones;
    }

    Job of(RolloverRun run, RunContext order, AttemptApproval approval) {
        Step preflightStep = parts.step(order.guard(), "preflight", contribution -> {
            ExecutionContext job = StepFactory.contextOf(contribution);
            DecidingSteps.begin(job);
            preflight.run(run, order, approval, job);
        });
        Step report = parts.step(order.guard(), "report", contribution -> milestones.complete(order));
        SimpleJobBuilder job = parts.job(
                        order.guard(), NAME, execution -> milestones.begun(execution, order.guard(), order.runId()))
                .start(preflightStep);
        backup.of(run, order).ifPresent(job::next);
        return deciding.of(job, order, approval, report);
    }
}
