package io.creditrollover.run;

import io.creditrollover.config.RolloverProperties;
import io.creditrollover.decision.ReasonCode;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import io.creditrollover.lease.FencingGuard;
import io.creditrollover.lease.HeldLease;
import io.creditrollover.lease.Leases;
import io.creditrollover.undo.LockedEvents;
import io.creditrollover.undo.ReversibleEvents;
import io.creditrollover.undo.Review;
import io.creditrollover.undo.UndoContext;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Undoes runs in the caller's thread, under the lease of runs. The next call finishes a stopped or killed undo. */
@Component
public class UndoService {
    private final RolloverProperties properties;
    private final Readiness readiness;
    private final Leases leases;
    private final Users users;
    private final RunAdmission admission;
    private final RunLookup lookup;
    private final UndoJob job;
    private final RunExecutor attempts;

    UndoService(
            RolloverProperties properties,
            Readiness readiness,
            Leases leases,
            Users users,
            RunAdmission admission,
            RunLookup lookup,
            UndoJob job,
            RunExecutor attempts) {
        this.properties = properties;
        this.readiness = readiness;
        this.leases = leases;
        this.users = users;
        this.admission = admission;
        this.lookup = lookup;
        this.job = job;
        this.attempts = attempts;
    }

    /**
     * Undoes a run, for all users or one.
     *
     * @throws ExitException 64 for an unknown execution or user, or nothing to undo; 65 if a later month has run,
     *     without {@code force}; 75 while another process works
     */
    public RunOutcome undo(UndoRequest request) throws InterruptedException {
        readiness.forReading();
        RolloverRun run = undoable(request);
        String user = request.scope().user();
        Long onlyUserId = user == null ? null : users.find(user);
        if (request.dryRun()) {
            return wouldReverse(run, onlyUserId);
        }
        if (properties.dryRun()) {
            throw new ExitException(
                    ExitCode.USAGE, "rollover.dry-run is true, so run " + run.id() + " cannot be undone.");
        }
        readiness.forLiveRun(request.requestedBy(), request.signal());
        try (HeldLease lease = leases.acquire(Leases.WRITER, request.requestedBy(), request.signal())) {
            return undo(run, onlyUserId, lease, request);
        }
    }

    /** Finishes an open undo before it begins another. */
    private RunOutcome undo(RolloverRun run, @Nullable Long onlyUserId, HeldLease lease, UndoRequest request) {
        FencingGuard guard = leases.guard(lease.token());
        admission.closeDeadReinstatement(guard);
        Optional<RolloverRun> open = admission.unfinishedUndoOf(run);
        if (open.isPresent()) {
            RunOutcome finished = resume(open.get(), lease, guard, request);
            boolean thatWasIt =
                    open.get().onlyUserId() == null || open.get().onlyUserId().equals(onlyUserId);
            if (thatWasIt || finished.exitCode() != ExitCode.OK) {
                return finished;
            }
        }
        undoable(request);
        return begin(run, onlyUserId, lease, guard, request);
    }

    /** Rejects (64) a status that leaves nothing to undo, (65) a later month without {@code force}. */
    private RolloverRun undoable(UndoRequest request) {
        RolloverRun named = lookup.byExecution(request.executionId());
        boolean openUndo = named.mode() == RunMode.UNDO && named.status() != RunStatus.COMPLETED;
        RolloverRun run = openUndo ? lookup.run(Objects.requireNonNull(named.undoesRunId())) : named;
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
    private RunOutcome wouldReverse(RolloverRun run, @Nullable Long onlyUserId) {
        ReversibleEvents.Rest rest = job.rest(run.id(), onlyUserId, 0);
        RunSummary summary = lookup.summary(run).asReversal(RunMode.UNDO, rest.users(), rest.credits(), 0);
        return new RunOutcome(
                summary,
                ExitCode.OK,
                "An undo would reverse " + rest.credits() + " credits of " + rest.users()
                        + " users. Nothing was changed.");
    }

    private RunOutcome begin(
            RolloverRun run, @Nullable Long onlyUserId, HeldLease lease, FencingGuard guard, UndoRequest request) {
        if (onlyUserId != null && job.rest(run.id(), onlyUserId, 0).users() == 0) {
            throw new ExitException(
                    ExitCode.USAGE,
                    "Run " + run.id() + " expired no credits of user " + onlyUserId
                            + ", or they are already reversed.");
        }
        long undoId = admission.openUndo(run, onlyUserId, request, guard);
        return resume(lookup.run(undoId), lease, guard, request);
    }

    /** Executes one attempt, with the reason of the first. */
    private RunOutcome resume(RolloverRun undo, HeldLease lease, FencingGuard guard, UndoRequest request) {
        admission.reopen(undo, guard);
        UndoContext context = new UndoContext(
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
        return attempts.execute(undo.id(), job.of(context), RunStatus.FAILED, lease, guard, request.progress());
    }
}
