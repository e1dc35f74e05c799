package io.creditrollover.run;

import io.creditrollover.config.RolloverProperties;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import io.creditrollover.lease.FencingGuard;
import io.creditrollover.lease.HeldLease;
import io.creditrollover.lease.Leases;
import io.creditrollover.rollover.ChunkWatch;
import io.creditrollover.rollover.PartitionHandlerFactory;
import io.creditrollover.rollover.RunContext;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Runs and restarts rollovers. Each call blocks until its attempt ends. Calls may be concurrent; one gets the lease.
 *
 * <p>Throws {@link ExitException} for a refusal before the attempt, with nothing written. The end of an attempt is a
 * {@link RunOutcome}.
 */
@Component
public class RolloverService {
    private final RolloverProperties properties;
    private final Readiness readiness;
    private final RunAdmission admission;
    private final Leases leases;
    private final RunLookup lookup;
    private final RunWatchFactory watches;
    private final RolloverJob job;
    private final RunExecutor attempts;

    RolloverService(
            RolloverProperties properties,
            Readiness readiness,
            RunAdmission admission,
            Leases leases,
            RunLookup lookup,
            RunWatchFactory watches,
            RolloverJob job,
            RunExecutor attempts) {
        this.properties = properties;
        this.readiness = readiness;
        this.admission = admission;
        this.leases = leases;
        this.lookup = lookup;
        this.watches = watches;
        this.job = job;
        this.attempts = attempts;
    }

    /** Runs the month, or resumes its unfinished run. Only reports a complete month. */
    public RunOutcome run(RunRequest request) throws InterruptedException {
        if (!properties.enabled()) {
            LocalDate date = admission.date(request.date(), false);
            return new RunOutcome(
                    RunSummary.disabled(date, request.requestedBy()),
                    ExitCode.OK,
                    "rollover.enabled is false. Nothing was changed.");
        }
        if (request.dryRun() || properties.dryRun()) {
            return dryRun(request);
        }
        requireReady(request);
        LocalDate date = admission.date(request.date(), true);
        if (!admission.hasUnfinishedReversal()) {
            admission.rejectIfEarlier(date);
            Optional<RolloverRun> done = lookup.completed(date);
            if (done.isPresent()) {
                return attempts.alreadyComplete(done.get());
            }
        }
        try (HeldLease lease = leases.acquire(Leases.WRITER, request.requestedBy(), request.signal())) {
            return live(date, lease, request);
        }
    }

    /** Resumes the run of an execution; {@code request} names neither date nor mode. */
    public RunOutcome restart(long executionId, RunRequest request) throws InterruptedException {
        watches.requireStoredTablesWhere(readiness::forReading);
        RolloverRun run = lookup.byExecution(executionId);
        if (run.mode() != RunMode.DRY_RUN) {
            waitForReversal(request);
        }
        if (run.status() == RunStatus.COMPLETED) {
            return attempts.alreadyComplete(run);
        }
        if (!run.status().isResumable()) {
            throw new ExitException(
                    ExitCode.USAGE,
                    "Run " + run.id() + " of " + run.date() + " is " + run.status() + ". It cannot restart.");
        }
        if (run.mode() != RunMode.LIVE && run.mode() != RunMode.DRY_RUN) {
            throw new ExitException(
                    ExitCode.USAGE,
                    "Run " + run.id() + " is not a rollover (" + run.mode().code() + "). It cannot restart.");
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

    /** The lease tells if a reversal is alive: 75 if so, 65 for a dead undo. */
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

    public RunSummary status(long executionId) {
        readiness.forViewing();
        return lookup.summary(lookup.byExecution(executionId));
    }

    /** Returns all runs, the latest first. */
    public List<RunSummary> runs() {
        readiness.forViewing();
        return lookup.summaries();
    }

    private void requireReady(RunRequest request) throws InterruptedException {
        watches.requireStoredTablesWhere(() -> readiness.forLiveRun(request.requestedBy(), request.signal()));
    }

    /** Checks everything again, now with the lease: another process may have worked until now. */
    private RunOutcome live(LocalDate date, HeldLease lease, RunRequest request) {
        FencingGuard guard = leases.guard(lease.token());
        admission.closeDeadReinstatement(guard);
        admission.refuseWhileUndoIsDead();
        admission.rejectIfEarlier(date);
        Optional<RolloverRun> done = lookup.completed(date);
        if (done.isPresent()) {
            return attempts.alreadyComplete(done.get());
        }
        return attempt(admission.live(date, request, guard), lease, guard, request);
    }

    private RunOutcome dryRun(RunRequest request) throws InterruptedException {
        if (request.planExecutionId() != null) {
            throw new ExitException(ExitCode.USAGE, "A dry run cannot carry out a plan. Remove --dry-run or --plan.");
        }
        readiness.forReading();
        LocalDate date = admission.date(request.date(), false);
        return dryRun(admission.open(RunMode.DRY_RUN, date, request, () -> {}).runId(), request);
    }

    /** Takes a lease of its own: a dry run blocks no other run, and only one process works on it. */
    private RunOutcome dryRun(long runId, RunRequest request) throws InterruptedException {
        try (HeldLease held = leases.acquire("dry-run-" + runId, request.requestedBy(), request.signal())) {
            FencingGuard guard = leases.guard(held.token());
            return attempt(admission.resume(lookup.run(runId), request, guard), held, guard, request);
        }
    }

    private RunOutcome attempt(
            RunAdmission.Admitted admitted, HeldLease lease, FencingGuard guard, RunRequest request) {
        RolloverRun run = lookup.run(admitted.runId());
        boolean dryRun = run.mode() == RunMode.DRY_RUN;
        RunContext context = new RunContext(
                run.id(),
                dryRun,
                admitted.policy(),
                guard,
                request.signal().child(),
                dryRun ? PartitionHandlerFactory.LOCAL : request.workers(),
                dryRun ? ChunkWatch.NONE : watches.of(run.id()));
        return attempts.execute(
                run.id(),
                job.of(run, context, admitted.approval()),
                admitted.statusIfBlocked(),
                lease,
                guard,
                request.progress());
    }
}
