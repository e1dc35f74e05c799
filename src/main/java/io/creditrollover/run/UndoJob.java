package io.creditrollover.run;

import io.creditrollover.config.RolloverProperties;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import io.creditrollover.undo.TakenCredits;
import io.creditrollover.undo.UndoOrder;
import io.creditrollover.undo.UndoSteps;
import java.time.Duration;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The job that gives a run back: undo → remaining → finish. While the host holds rows the first two are repeated, a few
 * times; then the undo fails and can be called again.
 */
@Component
class UndoJob {
    static final String NAME = "creditRolloverUndoJob";

    private static final int MOST_ROUNDS = 3;
    private static final String ROUNDS = "undo.rounds";
    private static final String AGAIN = "AGAIN";

    private final JobParts parts;
    private final UndoSteps steps;
    private final Milestones milestones;
    private final JdbcClient jdbc;
    private final Snapshots snapshots;
    private final Duration busyWait;

    UndoJob(
            JobParts parts,
            UndoSteps steps,
            Milestones milestones,
            JdbcClient jdbc,
            Snapshots snapshots,
            RolloverProperties properties) {
        this.parts = parts;
        this.steps = steps;
        this.milestones = milestones;
        this.jdbc = jdbc;
        this.snapshots = snapshots;
        this.busyWait = properties.rowBusyWait();
    }

    /** Builds the job for one attempt at an undo. */
    Job of(UndoOrder order) {
        Step begin = parts.step(order.guard(), "begin", contribution -> rounds(contribution, 0));
        Step undo = steps.undo(order);
        Step remaining = parts.step(order.guard(), "remaining", contribution -> remaining(order, contribution));
        Step finish = parts.step(order.guard(), "finish", contribution -> milestones.undone(order));
        return parts.job(order.guard(), NAME, execution -> milestones.begun(execution, order.guard(), order.runId()))
                .start(begin)
                .next(undo)
                .next(remaining)
                .on(AGAIN)
                .to(undo)
                .from(remaining)
                .on(ExitStatus.COMPLETED.getExitCode())
                .to(finish)
                .end()
                .build();
    }

    private void remaining(UndoOrder order, StepContribution contribution)
            throws JobInterruptedException, InterruptedException {
        TakenCredits.Rest rest =
                snapshots.read(() -> TakenCredits.rest(jdbc, order.undoneRunId(), order.onlyUserId(), order.runId()));
        if (rest.users() == 0) {
            return;
        }
        int rounds = JobParts.contextOf(contribution).getInt(ROUNDS) + 1;
        if (rounds >= MOST_ROUNDS) {
            throw new ExitException(
                    ExitCode.RETRY,
                    "The application holds the rows of " + rest.users() + " users who have not been given back to yet;"
                            + " call undo again.");
        }
        rounds(contribution, rounds);
        if (order.signal().pause(busyWait)) {
            throw new JobInterruptedException("asked to stop");
        }
        contribution.setExitStatus(new ExitStatus(AGAIN));
    }

    private static void rounds(StepContribution contribution, int rounds) {
        JobParts.contextOf(contribution).putInt(ROUNDS, rounds);
    }
}
