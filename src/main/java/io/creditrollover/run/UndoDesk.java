package io.creditrollover.run;

import io.creditrollover.decision.ReasonCode;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import io.creditrollover.lease.FencingGuard;
import io.creditrollover.lease.HeldLease;
import io.creditrollover.undo.LockedEvents;
import io.creditrollover.undo.ReversibleEvents;
import io.creditrollover.undo.Review;
import io.creditrollover.undo.UndoContext;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds the run to undo, and opens or resumes the undo. */
@Component
class UndoDesk {
    private final RunRepository runs;
    private final RunDesk desk;
    private final RunAdmission admission;
    private final JdbcClient jdbc;
    private final Snapshots snapshots;
    private final UndoJob job;
    private final UnfinishedReversals unfinished;

    UndoDesk(
            RunRepository runs,
            RunDesk desk,
            RunAdmission admission,
            JdbcClient jdbc,
            Snapshots snapshots,
            UndoJob job,
            UnfinishedReversals unfinished) {
        this.unfinished = unfinished;
        this.runs = runs;
        this.desk = desk;
        this.admission = admission;
        this.jdbc = jdbc;
        this.snapshots = snapshots;
        this.job = job;
    }

    /**
     * Returns the run to undo.
     *
     * @throws ExitException 64 if its status leaves nothing to undo; 65 if a later month has run, without {@code force}
     */
    RolloverRun undoable(UndoRequest request) {
        RolloverRun named = desk.ofExecution(request.executionId());
        boolean openUndo = named.mode() == RunMode.UNDO && named.status() != RunStatus.COMPLETED;
        RolloverRun run = openUndo
                ? runs.find(Objects.requireNonNull(named.undoesRunId())).orElseThrow()
                : named;
        if (run.mode() != RunMode.LIVE || run.status() == RunStatus.BLOCKED || run.status() == RunStatus.UNDONE) {
            throw new ExitException(
                    ExitCode.USAGE,
                    "Run " + run.id() + " of " + run.date() + " (" + run.mode().code() + ") is " + run.status()
                            + ". There is nothing to undo.");
        }
        if (!request.force()) {
            admission.rejectIfLaterMonthRan(run, "be undone without --force");
        }
        return run;
    }

    /** Reports the expected result; reads only. */
    RunOutcome wouldGiveBack(RolloverRun run, @Nullable Long onlyUserId) {
        ReversibleEvents.Rest rest = rest(run, onlyUserId);
        RunSummary summary = desk.summary(run).asReversal(RunMode.UNDO, rest.users(), rest.credits(), 0);
        return new RunOutcome(
                summary,
                ExitCode.OK,
                "An undo would reverse " + rest.credits() + " credits of " + rest.users()
                        + " users. Nothing was changed.");
    }

    Optional<RolloverRun> unfinished(RolloverRun run) {
        return unfinished.undoOf(run.id());
    }

    void closeDeadReinstatement(FencingGuard guard) {
        admission.closeDeadReinstatement(guard);
    }

    RunOutcome begin(
            RolloverRun run, @Nullable Long onlyUserId, HeldLease lease, FencingGuard guard, UndoRequest request) {
        if (onlyUserId != null && rest(run, onlyUserId).users() == 0) {
            throw new ExitException(
                    ExitCode.USAGE,
                    "Run " + run.id() + " expired no credits of user " + onlyUserId
                            + ", or they are already reversed.");
        }
        long undoId = admission.openUndo(run, onlyUserId, request, guard);
        return resume(runs.find(undoId).orElseThrow(), lease, guard, request);
    }

    /** Executes one attempt, with the reason of the first. */
    RunOutcome resume(RolloverRun undo, HeldLease lease, FencingGuard guard, UndoRequest request) {
        admission.reopen(undo, guard);
        UndoContext order = new UndoContext(
                undo.id(),
                Objects.requireNonNull(undo.undoesRunId()),
                undo.onlyUserId(),
                undo.date(),
                UndoContext.Action.REVERSAL,
                Review.everything(
                        ReasonCode.UNDONE, "Reversed: " + Objects.requireNonNullElse(undo.reason(), request.reason())),
                new LockedEvents(),
                guard,
                request.signal());
        return desk.giveBack(undo.id(), job.of(order), lease, guard, request.progress());
    }

    private ReversibleEvents.Rest rest(RolloverRun run, @Nullable Long onlyUserId) {
        return snapshots.read(() -> ReversibleEvents.rest(jdbc, run.id(), onlyUserId, 0));
    }
}
