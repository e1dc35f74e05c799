package io.creditrollover.run;

import io.creditrollover.backup.Backup;
import io.creditrollover.backup.BackupRequest;
import io.creditrollover.rollover.RolloverSteps;
import io.creditrollover.rollover.RunContext;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.SimpleJobBuilder;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.stereotype.Component;

/**
 * The job: preflight → backup → rollover → sweep → reconcile → report. Rollover resumes its partitions; other steps run
 * at every attempt. There are up to three rounds of sweep and reconcile.
 */
@Component
class RolloverJob {
    static final String NAME = "creditRolloverJob";

    private static final int MAX_SWEEPS = 3;
    private static final String SWEEPS = "rollover.sweeps";
    private static final String SWEEP_AGAIN = "SWEEP AGAIN";
    private static final String BACKUP_FILE = "backup.file";

    private final StepFactory parts;
    private final Preflight preflight;
    private final RunRepository runs;
    private final Backup backup;
    private final RolloverSteps steps;
    private final Reconciliation reconciliation;
    private final SafetyLimits safety;
    private final RunTransitions transitions;

    RolloverJob(
            StepFactory parts,
            Preflight preflight,
            RunRepository runs,
            Backup backup,
            RolloverSteps steps,
            Reconciliation reconciliation,
            SafetyLimits safety,
            RunTransitions transitions) {
        this.parts = parts;
        this.preflight = preflight;
        this.runs = runs;
        this.backup = backup;
        this.steps = steps;
        this.reconciliation = reconciliation;
        this.safety = safety;
        this.transitions = transitions;
    }

    Job of(RolloverRun run, RunContext order, AttemptApproval approval) {
        Step preflightStep = parts.step(order.guard(), "preflight", contribution -> {
            ExecutionContext job = StepFactory.contextOf(contribution);
            job.putInt(SWEEPS, 0);
            preflight.run(run, order, approval, job);
        });
        Step report = parts.step(order.guard(), "report", contribution -> transitions.complete(order));
        SimpleJobBuilder job = parts.job(
                        order.guard(), NAME, execution -> transitions.begun(execution, order.guard(), order.runId()))
                .start(preflightStep);
        backup(run, order).ifPresent(job::next);
        return decide(job, order, approval, report);
    }

    /** Backs up the balances before a live run's first write; later, the old balances are gone. */
    private Optional<Step> backup(RolloverRun run, RunContext order) {
        return backup.isEnabled() && !order.dryRun() && !runs.hasWritten(run.id())
                ? Optional.of(parts.step(
                        order.guard(),
                        "backup",
                        contribution -> backup(run, order, StepFactory.contextOf(contribution))))
                : Optional.empty();
    }

    private void backup(RolloverRun run, RunContext order, ExecutionContext job) throws Exception {
        Optional<String> earlier = Optional.ofNullable(job.get(BACKUP_FILE)).map(String::valueOf);
        BackupRequest copy =
                new BackupRequest(run.id(), run.date(), () -> order.signal().isRequested());
        job.putString(BACKUP_FILE, backup.make(copy, earlier));
    }

    /** If a sweep finds no undecided users, reconcile judges the same snapshot without reading again. */
    private Job decide(SimpleJobBuilder job, RunContext order, AttemptApproval approval, Step last) {
        AtomicReference<Reconciliation.@Nullable Picture> nobodyLeft = new AtomicReference<>();
        Step sweep = parts.step(order.guard(), "sweep", contribution -> {
            ExecutionContext context = StepFactory.contextOf(contribution);
            context.putInt(SWEEPS, context.getInt(SWEEPS) + 1);
            Reconciliation.Picture picture = reconciliation.beforeSweep(order);
            if (picture.unaccounted().isEmpty()) {
                nobodyLeft.set(picture);
            } else {
                steps.sweep(order, maxRefused(picture, approval)).run(picture.unaccounted(), isLast(context));
            }
        });
        Step reconcile = parts.step(order.guard(), "reconcile", contribution -> {
            Reconciliation.Picture seen = nobodyLeft.getAndSet(null);
            Reconciliation.Picture picture = seen != null ? seen : reconciliation.afterSweep(order);
            if (!reconciliation.isComplete(order, picture, isLast(StepFactory.contextOf(contribution)))) {
                contribution.setExitStatus(new ExitStatus(SWEEP_AGAIN));
            }
        });
        return job.next(steps.rollover(order))
                .next(sweep)
                .next(reconcile)
                .on(SWEEP_AGAIN)
                .to(sweep)
                .from(reconcile)
                .on(ExitStatus.COMPLETED.getExitCode())
                .to(last)
                .end()
                .build();
    }

    /** An approval of this attempt lifts the skip limit for refused rows. */
    private long maxRefused(Reconciliation.Picture picture, AttemptApproval approval) {
        long users = picture.counted().usersProcessed() + picture.unaccounted().size();
        return approval.given() ? Long.MAX_VALUE : safety.skipLimit(users);
    }

    private static boolean isLast(ExecutionContext job) {
        return job.getInt(SWEEPS) >= MAX_SWEEPS;
    }
}
