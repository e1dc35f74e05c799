package io.creditrollover.run;

import io.creditrollover.config.RolloverProperties;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import io.creditrollover.lease.FencingGuard;
import io.creditrollover.lease.HeldLease;
import io.creditrollover.lease.Leases;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Undoes runs in the caller's thread, under the lease of runs. The next call finishes a stopped or killed undo. */
@Component
public class UndoService {
    private final RolloverProperties properties;
    private final Readiness readiness;
    private final Leases leases;
    private final UndoDesk desk;
    private final Users users;

    UndoService(RolloverProperties properties, Readiness readiness, Leases leases, UndoDesk desk, Users users) {
        this.properties = properties;
        this.readiness = readiness;
        this.leases = leases;
        this.desk = desk;
        this.users = users;
    }

    /**
     * Undoes a run, for everybody or for one user.
     *
     * @throws ExitException 64 for an unknown execution or user, or nothing to undo; 65 if a later month has run,
     *     without {@code force}; 75 while another process works
     */
    public RunOutcome undo(UndoRequest request) throws InterruptedException {
        readiness.forReading();
        RolloverRun run = desk.undoable(request);
        String user = request.scope().user();
        Long onlyUserId = user == null ? null : users.find(user);
        if (request.dryRun()) {
            return desk.wouldGiveBack(run, onlyUserId);
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
        desk.closeDeadReinstatement(guard);
        Optional<RolloverRun> open = desk.unfinished(run);
        if (open.isPresent()) {
            RunOutcome finished = desk.resume(open.get(), lease, guard, request);
            boolean thatWasIt =
                    open.get().onlyUserId() == null || open.get().onlyUserId().equals(onlyUserId);
            if (thatWasIt || finished.exitCode() != ExitCode.OK) {
                return finished;
            }
        }
        desk.undoable(request);
        return desk.begin(run, onlyUserId, lease, guard, request);
    }
}
