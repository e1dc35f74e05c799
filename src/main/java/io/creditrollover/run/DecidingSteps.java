package io.creditrollover.run;

import io.creditrollover.rollover.RolloverSteps;
import io.creditrollover.rollover.RunContext;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.SimpleJobBuilder;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.stereotype.Component;

/**
 * Rollover, then up to three rounds of sweep and reconcile. If a sweep finds no undecided users, reconcile judges the
 * same snapshot without reading again.
 */
@Component
class DecidingSteps {
    private static final int MAX_SWEEPS = 3;
    private static final String SWEEPS = "rollover.sweeps";
    private static final String SWEEP_AGAIN = "SWEEP AGAIN";

    private final StepFactory parts;
    private final RolloverSteps steps;
    private final Reconciliation reconciliation;
    private final SafetyLimits safety;

    DecidingSteps(StepFactory parts, RolloverSteps steps, Reconciliation reconciliation, SafetyLimits safety) {
        this.parts = parts;
        this.steps = steps;
        this.reconciliation = reconciliation;
        this.safety = safety;
    }

    /** Resets the sweep count for this attempt. */
    static void begin(ExecutionContext job) {
        job.putInt(SWEEPS, 0);
    }

    /** Appends these steps to {@code job}, then {@code last}. */
    Job of(SimpleJobBuilder job, RunContext order, AttemptApproval approval, Step last) {
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
