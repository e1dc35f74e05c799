package io.creditrollover.run;

import io.creditrollover.decision.ReasonCode;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.lease.FencingGuard;
import io.creditrollover.lease.HeldLease;
import io.creditrollover.undo.LockedEvents;
import io.creditrollover.undo.Review;
import io.creditrollover.undo.UndoContext;
import org.springframework.stereotype.Component;

/** The reinstatement of one user's expiry: a run of its own, or a report of what it would do. */
@Component
class GoodwillRuns {
    private final RunLookup lookup;
    private final RunExecutor attempts;
    private final Reinstatements reinstatements;
    private final ReinstateJob job;

    GoodwillRuns(RunLookup lookup, RunExecutor attempts, Reinstatements reinstatements, ReinstateJob job) {
        this.lookup = lookup;
        this.attempts = attempts;
        this.reinstatements = reinstatements;
        this.job = job;
    }

    RunOutcome reinstate(
            Reinstatements.Expiry expiry, long userId, HeldLease lease, FencingGuard guard, ReinstateRequest request) {
        RolloverRun run = lookup.run(expiry.runId());
        long id = reinstatements.open(run, userId, request.requestedBy(), request.reason(), guard);
        UndoContext order = new UndoContext(
                id,
                run.id(),
                userId,
                run.date(),
                UndoContext.Action.REINSTATEMENT,
                Review.everything(ReasonCode.GOODWILL, "Goodwill: " + request.reason()),
                new LockedEvents(),
                guard,
                request.signal());
        RunOutcome ended = attempts.execute(id, job.of(order), RunStatus.FAILED, lease, guard, request.progress());
        return ended.sentence() != null
                ? ended
                : new RunOutcome(
                        ended.run(),
                        ended.exitCode(),
                        ended.run().creditsReinstated() + " credits of " + run.date() + " were reinstated to user "
                                + userId + ".");
    }

    /** Reads only. */
    RunOutcome wouldReinstate(Reinstatements.Expiry expiry, long userId) {
        RolloverRun run = lookup.run(expiry.runId());
        return new RunOutcome(
                lookup.summary(run).asReversal(RunMode.REINSTATE, 1, expiry.missing(), 0),
                ExitCode.OK,
                expiry.missing() + " credits of " + run.date() + " would be reinstated to user " + userId
                        + "; nothing was done.");
    }
}
