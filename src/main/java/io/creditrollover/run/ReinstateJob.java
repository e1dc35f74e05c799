package io.creditrollover.run;

import io.creditrollover.config.RolloverProperties;
import io.creditrollover.decision.ReasonCode;
import io.creditrollover.decision.Verdict;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import io.creditrollover.rollover.Skips;
import io.creditrollover.undo.EventIds;
import io.creditrollover.undo.UndoContext;
import io.creditrollover.undo.UndoSteps;
import java.time.Duration;
import java.util.List;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The job of a reinstatement: candidates → reinstate → remaining → finish. While the host holds rows, repeats reinstate and
 * remaining for them, up to three rounds; then skips them. Never resumes: the next one starts anew.
 */
@Component
class ReinstateJob {
    static final String NAME = "creditRolloverReinstateJob";

    /** Step whose write count is the number of events to review. */
    static final String CANDIDATES = "candidates";

    private static final int MAX_ROUNDS = 3;
    private static final String AGAIN = "AGAIN";

    private final StepFactory parts;
    private final UndoSteps steps;
    private final RunTransitions transitions;
    private final ReinstatementCheck check;
    private final Snapshots snapshots;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Duration busyWait;

    ReinstateJob(
            StepFactory parts,
            UndoSteps steps,
            RunTransitions transitions,
            ReinstatementCheck check,
            Snapshots snapshots,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            RolloverProperties properties) {
        this.parts = parts;
        this.steps = steps;
        this.transitions = transitions;
        this.check = check;
        this.snapshots = snapshots;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.busyWait = properties.rowBusyWait();
    }

    Job of(UndoContext order) {
        Step candidates = parts.step(order.guard(), CANDIDATES, contribution -> findCandidates(order, contribution));
        Step reinstate = steps.undo(order, "reinstate");
        Step remaining = parts.step(order.guard(), "remaining", contribution -> remaining(order, contribution));
        Step finish = parts.step(
                order.guard(), "finish", contribution -> transitions.reinstated(order, check.require(order)));
        return parts.job(order.guard(), NAME, execution -> transitions.begun(execution, order.guard(), order.runId()))
                .start(candidates)
                .next(reinstate)
                .next(remaining)
                .on(AGAIN)
                .to(reinstate)
                .from(remaining)
                .on(ExitStatus.COMPLETED.getExitCode())
                .to(finish)
                .end()
                .build();
    }

    private void findCandidates(UndoContext order, StepContribution contribution) {
        EventIds candidates = snapshots.read(() -> order.review().candidates(order.undoneRunId()));
        order.busy().begin(candidates);
        contribution.incrementWriteCount(candidates.size());
    }

    private void remaining(UndoContext order, StepContribution contribution)
            throws JobInterruptedException, InterruptedException {
        List<Long> users = order.busy().users();
        if (users.isEmpty()) {
            return;
        }
        if (order.busy().furtherPasses() + 1 < MAX_ROUNDS) {
            order.busy().again();
            contribution.setExitStatus(new ExitStatus(AGAIN));
            if (order.signal().pause(busyWait)) {
                throw new JobInterruptedException("asked to stop");
            }
        } else if (order.onlyUserId() != null) {
            throw new ExitException(
                    ExitCode.RETRY, "The application holds the row of user " + order.onlyUserId() + ".");
        } else {
            skipBusy(order, users);
        }
    }

    private void skipBusy(UndoContext order, List<Long> users) {
        transaction.executeWithoutResult(status -> {
            order.guard().lockToken();
            Skips.addAndCount(
                    jdbc,
                    order.runId(),
                    "remaining",
                    users.stream()
                            .map(id -> new Verdict.Skipped(
                                    id, ReasonCode.ROW_BUSY, "The application held the user's row in every pass."))
                            .toList());
        });
    }
}
