package io.creditrollover.run;

import io.creditrollover.config.RolloverProperties;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import io.creditrollover.lease.FencingGuard;
import io.creditrollover.lease.HeldLease;
import io.creditrollover.lease.Leases;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Runs and restarts months. Every call works in the caller's thread to the end of the attempt; several may be made at a
 * time, of which one gets the lease.
 *
 * <p>All methods throw {@link ExitException} for what is refused before an attempt begins; nothing is written then. What
 * happens to an attempt that has begun comes back as a {@link RunOutcome}.
 */
@Component
public class RolloverService {
    private final RolloverProperties properties;
    private final Readiness readiness;
    private final RunAdmission admission;
    private final Leases leases;
    private final RunDesk desk;
    private final RunWatchFactory watches;

    RolloverService(
            RolloverProperties properties,
            Readiness readiness,
            RunAdmission admission,
            Leases leases,
            RunDesk desk,
            RunWatchFactory watches) {
        this.properties = properties;
        this.readiness = readiness;
        this.admission = admission;
        this.leases = leases;
        this.desk = desk;
        this.watches = watches;
    }

    /** Runs the month, or goes on with its unfinished run; a month that is complete is only said to be. */
    public RunOutcome run(RunRequest request) throws InterruptedException {
        if (!properties.enabled()) {
            return desk.disabled(admission.date(request.date(), false), request);
        }
        if (request.dryRun() || properties.dryRun()) {
            return dryRun(request);
        }
        requireReady(request);
        LocalDate date = admission.date(request.date(), true);
        if (!admission.hasUnfinishedReversal()) {
            admission.rejectIfEarlier(date);
            Optional<RunOutcome> done = desk.completed(date);
            if (done.isPresent()) {
                return done.get();
            }
        }
        try (HeldLease lease = leases.acquire(Leases.WRITER, request.requestedBy(), request.signal())) {
            return live(date, lease, request);
        }
    }

    /** Goes on with the run which an execution belongs to; {@code request} names neither date nor mode. */
    public RunOutcome restart(long executionId, RunRequest request) throws InterruptedException {
        watches.requireStoredTablesWhere(readiness::forReading);
        RolloverRun run = desk.ofExecution(executionId);
        if (run.mode() != RunMode.DRY_RUN) {
            waitForReversal(request);
        }
        if (run.status() == RunStatus.COMPLETED) {
            return desk.completed(run);
        }
        if (!run.status().isResumable()) {
            throw new ExitException(
                    ExitCode.USAGE,
                    "Run " + run.id() + " of " + run.date() + " is " + run.status() + "; it cannot restart.");
        }
        if (run.mode() != RunMode.LIVE && run.mode() != RunMode.DRY_RUN) {
            throw new ExitException(
                    ExitCode.USAGE,
                    "Run " + run.id() + " is no rollover (" + run.mode().code() + "); it cannot restart.");
        }
        if (run.mode() == RunMode.DRY_RUN) {
            return dryRun(run.id(), request);
        }
        if (properties.dryRun()) {
            throw new ExitException(
                    ExitCode.USAGE, "rollover.dry-run is true, so the live run " + run.id() + " cannot restart.");
        }
        requireReady(request);
        admission.rejectIfLaterMonthRan(run, "restart");
        try (HeldLease lease = leases.acquire(Leases.WRITER, request.requestedBy(), request.signal())) {
            return live(run.date(), lease, request);
        }
    }

    /** Whether an undo or reinstatement is alive is told by the lease: 75 where it is, 65 where an undo is dead. */
    private void waitForReversal(RunRequest request) throws InterruptedException {
        if (!admission.hasUnfinishedReversal()) {
            return;
        }
        readiness.forLiveRun(request.requestedBy(), request.signal());
        try (HeldLease lease = leases.acquire(Leases.WRITER, request.requestedBy(), request.signal())) {
            admission.closeDeadReinstatement(leases.guard(lease.token()));
            admission.refuseWhileUndoIsDead();
        }
    }

    /** Returns the run which an execution belongs to. */
    public RunSummary status(long executionId) {
        readiness.forReading();
        return desk.summary(desk.ofExecution(executionId));
    }

    /** Returns all runs, the latest first. */
    public List<RunSummary> runs() {
        readiness.forReading();
        return desk.summaries();
    }

    private void requireReady(RunRequest request) throws InterruptedException {
        watches.requireStoredTablesWhere(() -> readiness.forLiveRun(request.requestedBy(), request.signal()));
    }

    /** With the lease in hand everything is asked again: another process may have been at work until now. */
    private RunOutcome live(LocalDate date, HeldLease lease, RunRequest request) {
        FencingGuard guard = leases.guard(lease.token());
        admission.closeDeadReinstatement(guard);
        admission.refuseWhileUndoIsDead();
        admission.rejectIfEarlier(date);
        Optional<RunOutcome> done = desk.completed(date);
        if (done.isPresent()) {
            return done.get();
        }
        return desk.attempt(admission.live(date, request, guard), lease, guard, request);
    }

    private RunOutcome dryRun(RunRequest request) throws InterruptedException {
        if (request.planExecutionId() != null) {
            throw new ExitException(ExitCode.USAGE, "A dry run carries out no plan; leave out --dry-run or --plan.");
        }
        readiness.forReading();
        LocalDate date = admission.date(request.date(), false);
        return dryRun(admission.open(RunMode.DRY_RUN, date, request, () -> {}).runId(), request);
    }

    /** Each dry run has a lease of its own: it disturbs nobody, but is not worked on twice. */
    private RunOutcome dryRun(long runId, RunRequest request) throws InterruptedException {
        try (HeldLease held = leases.acquire("dry-run-" + runId, request.requestedBy(), request.signal())) {
            FencingGuard guard = leases.guard(held.token());
            return desk.attempt(admission.resume(desk.run(runId), request, guard), held, guard, request);
        }
    }
}
