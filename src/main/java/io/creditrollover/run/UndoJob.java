package io.creditrollover.run;

import io.creditrollover.config.RolloverProperties;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import io.creditrollover.undo.ReversibleEvents;
import io.creditrollover.undo.UndoContext;
import io.creditrollover.undo.UndoSteps;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The job of an undo: undo → remaining → finish. While the host holds rows, repeats the first two, up to three rounds;
 * then fails and can be called again.
 */
@Component
class UndoJob {
    static final String NAME = "creditRolloverUndoJob";

    private static final int MAX_ROUNDS = 3;
    private static final String ROUNDS = "undo.rounds";
    private static final String AGAIN = "AGAIN";

    private final StepFactory parts;
    private final UndoSteps steps;
    private final RunTransitions transitions;
    private final JdbcClient jdbc;
    private final Snapshots snapshots;
    private final Duration busyWait;

    UndoJob(
            StepFactory parts,
            UndoSteps steps,
            RunTransitions transitions,
            JdbcClient jdbc,
            Snapshots snapshots,
            RolloverProperties properties) {
        this.parts = parts;
        this.steps = steps;
        this.transitions = transitions;
        this.jdbc = jdbc;
        this.snapshots = snapshots;
        this.busyWait = properties.rowBusyWait();
    }

    Job of(UndoContext order) {
        Step begin = parts.step(order.guard(), "begin", contribution -> rounds(contribution, 0));
        Step undo = steps.undo(order, "undo");
        Step remaining = parts.step(order.guard(), "remaining", contribution -> remaining(order, contribution));
        Step finish = parts.step(order.guard(), "finish", contribution -> transitions.undone(order));
        return parts.job(order.guard(), NAME, execution -> transitions.begun(execution, order.guard(), order.runId()))
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

    private void remaining(UndoContext order, StepContribution contribution)
            throws JobInterruptedException, InterruptedException {
        ReversibleEvents.Rest rest = rest(order.undoneRunId(), order.onlyUserId(), order.runId());
        if (rest.users() == 0) {
            return;
        }
        int rounds = StepFactory.contextOf(contribution).getInt(ROUNDS) + 1;
        if (rounds >= MAX_ROUNDS) {
            throw new ExitException(
                    ExitCode.RETRY,
                    "The application locks the rows of " + rest.users() + " users whose credits are not reversed yet."
                            + " Call undo again.");
        }
        rounds(contribution, rounds);
        if (order.signal().pause(busyWait)) {
            throw new JobInterruptedException("asked to stop");
        }
        contribution.setExitStatus(new ExitStatus(AGAIN));
    }

    /** Returns the rest to reverse, for all users or one. {@code undoRunId} is 0 before there is an undo. */
    ReversibleEvents.Rest rest(long undoneRunId, @Nullable Long onlyUserId, long undoRunId) {
        return snapshots.read(() -> ReversibleEvents.rest(jdbc, undoneRunId, onlyUserId, undoRunId));
    }

    private static void rounds(StepContribution contribution, int rounds) {
        StepFactory.contextOf(contribution).putInt(ROUNDS, rounds);
    }
}
