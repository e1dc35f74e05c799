package io.creditrollover.run;

import io.creditrollover.decision.RolloverPolicy;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import io.creditrollover.lease.FencingGuard;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Opens the run for a request, or resumes the existing one. */
@Component
class RunAdmission {
    private static final int MIN_YEAR = 1970;
    private static final int MAX_YEAR = 9999;

    private final RunRepository runs;
    private final RunApprovals approvals;
    private final PolicyProvider policies;
    private final DryRunPlans plans;
    private final JobExecutions executions;
    private final UnfinishedReversals unfinished;
    private final TransactionTemplate transaction;

    RunAdmission(
            RunRepository runs,
            RunApprovals approvals,
            PolicyProvider policies,
            DryRunPlans plans,
            JobExecutions executions,
            UnfinishedReversals unfinished,
            TransactionTemplate transaction) {
        this.executions = executions;
        this.unfinished = unfinished;
        this.runs = runs;
        this.approvals = approvals;
        this.policies = policies;
        this.plans = plans;
        this.transaction = transaction;
    }

    /** A run at RUNNING. */
    record Admitted(long runId, RolloverPolicy policy, RunStatus statusIfBlocked, AttemptApproval approval) {}

    /**
     * @param asked null for the current month
     * @throws ExitException 64 if it is not the first of a month from 1970 to 9999, or in the future for a live run
     */
    LocalDate date(@Nullable LocalDate asked, boolean live) {
        LocalDate date = asked == null ? policies.currentDate() : asked;
        if (date.getYear() < MIN_YEAR || date.getYear() > MAX_YEAR) {
            throw usage("A rollover date is from " + MIN_YEAR + "-01-01 to " + MAX_YEAR + "-12-01, not " + date + ".");
        }
        if (date.getDayOfMonth() != 1) {
            throw usage("A rollover date is the first day of a month, not " + date + ".");
        }
        if (live && date.isAfter(policies.today())) {
            throw usage(date + " is in the future. A live run takes a date up to today, " + policies.today()
                    + ". For a later date, use forecast or --dry-run.");
        }
        return date;
    }

    /** Returns the current month, or the month after the last run if later than that. */
    LocalDate nextDate() {
        LocalDate current = policies.currentDate();
        return runs.lastDateThatRan()
                .filter(last -> !last.isBefore(current))
                .map(last -> last.plusMonths(1))
                .orElse(current);
    }

    boolean hasRun(LocalDate date) {
        return runs.lastDateThatRan().filter(last -> !last.isBefore(date)).isPresent();
    }

    RolloverPolicy policy(LocalDate date) {
        return policies.configured(date);
    }

    /** Rejects (64) a date before one already run. */
    void rejectIfEarlier(LocalDate date) {
        laterThan(date).ifPresent(later -> {
            throw usage("The later month " + later + " has already run, so " + date + " can no longer run.");
        });
    }

    /** Rejects (65) a run after a later month has run. */
    void rejectIfLaterMonthRan(RolloverRun run, String command) {
        laterThan(run.date()).ifPresent(later -> {
            throw new ExitException(
                    ExitCode.REFUSED,
                    "Run " + run.id() + " of " + run.date() + " cannot " + command + ": the later month " + later
                            + " has run since then.");
        });
    }

    private Optional<LocalDate> laterThan(LocalDate date) {
        return runs.lastDateThatRan().filter(last -> last.isAfter(date));
    }

    /** Only the lease tells whether the reversal is alive. */
    boolean hasUnfinishedReversal() {
        return unfinished.isAny();
    }

    Optional<RolloverRun> unfinishedUndoOf(RolloverRun run) {
        return unfinished.undoOf(run.id());
    }

    /** Rejects (65) while an undo is unfinished. Needs the lease; with it held, the undo is dead. */
    void refuseWhileUndoIsDead() {
        unfinished.undo().ifPresent(undo -> {
            throw new ExitException(
                    ExitCode.REFUSED,
                    "The undo of run " + undo.undoesRunId() + " of " + undo.date() + " is unfinished (run " + undo.id()
                            + ", " + undo.status() + "). Finish it with "
                            + RunMode.UNDO.commandToResume(namedExecution(undo)) + ".");
        });
    }

    /** Returns the id for the command {@code undo}: the latest execution of the undo, else of the undone run. */
    private long namedExecution(RolloverRun undo) {
        return executions
                .latest(undo)
                .or(() -> Optional.ofNullable(undo.undoesRunId())
                        .flatMap(runs::find)
                        .flatMap(executions::latest))
                .orElseThrow();
    }

    /** A dead reinstatement blocks nothing; the next one starts anew. Needs the lease. */
    void closeDeadReinstatement(FencingGuard guard) {
        unfinished
                .reinstatement()
                .ifPresent(dead -> transaction.executeWithoutResult(status -> {
                    guard.lockToken();
                    runs.transition(dead, RunStatus.STOPPED, "Its process died. Credits that it reinstated remain.");
                }));
    }

    /** Opens or resumes the run of the date. Needs the lease. */
    Admitted live(LocalDate date, RunRequest request, FencingGuard guard) {
        Optional<RolloverRun> existing = runs.findLive(date);
        if (existing.isPresent()) {
            return resume(existing.get(), request, guard);
        }
        if (request.approve() == null && runs.wasUndone(date)) {
            throw new ExitException(
                    ExitCode.REFUSED,
                    "The run of " + date + " was undone. To run it again, give a reason with --approve REASON.");
        }
        return open(RunMode.LIVE, date, request, guard::lockToken);
    }

    /** Opens a run at RUNNING. Calls {@code guard} first in the transaction. */
    Admitted open(RunMode mode, LocalDate date, RunRequest request, Runnable guard) {
        RolloverPolicy policy = policies.configured(date);
        Optional<RolloverRun> plan = plan(request, policy, OptionalLong.empty());
        long runId = java.util.Objects.requireNonNull(transaction.execute(status -> {
            guard.run();
            long id = runs.insert(mode, policy, request.requestedBy());
            approve(id, request);
            plan.ifPresent(dryRun -> runs.plan(id, dryRun.id()));
            return id;
        }));
        return new Admitted(runId, policy, RunStatus.BLOCKED, approval(request));
    }

    /** Resumes by the stored policy after the first write, else by the configured one. */
    Admitted resume(RolloverRun run, RunRequest request, FencingGuard guard) {
        boolean written = runs.hasWritten(run.id());
        RolloverPolicy policy = written ? policies.stored(run) : policies.configured(run.date());
        Optional<Long> plan = written ? Optional.ofNullable(run.planRunId()) : planOfResumed(run, request, policy);
        transaction.executeWithoutResult(status -> {
            guard.lockToken();
            if (!written) {
                runs.refresh(run.id(), policy);
                runs.plan(run.id(), plan.orElse(null));
            }
            approve(run.id(), request);
            runs.transition(run, RunStatus.RUNNING, null);
        });
        return new Admitted(
                run.id(), policy, written ? run.status().afterRefusal() : RunStatus.BLOCKED, approval(request));
    }

    /** Returns the plan named now, else the earlier one if still valid. An approval replaces it. */
    private Optional<Long> planOfResumed(RolloverRun run, RunRequest request, RolloverPolicy policy) {
        Long stored = run.planRunId();
        if (request.planExecutionId() == null && request.approve() == null && stored != null) {
            plans.requireStillGood(stored, policy, run.id());
            return Optional.of(stored);
        }
        return plan(request, policy, OptionalLong.of(run.id())).map(RolloverRun::id);
    }

    long openUndo(RolloverRun run, @Nullable Long onlyUserId, UndoRequest request, FencingGuard guard) {
        return java.util.Objects.requireNonNull(transaction.execute(status -> {
            guard.lockToken();
            return runs.insertUndo(run, onlyUserId, request);
        }));
    }

    void reopen(RolloverRun undo, FencingGuard guard) {
        transaction.executeWithoutResult(status -> {
            guard.lockToken();
            runs.transition(undo, RunStatus.RUNNING, null);
        });
    }

    private Optional<RolloverRun> plan(RunRequest request, RolloverPolicy policy, OptionalLong forRunId) {
        return Optional.ofNullable(request.planExecutionId())
                .map(executionId -> plans.require(executionId, policy, forRunId));
    }

    private static AttemptApproval approval(RunRequest request) {
        return new AttemptApproval(request.approve() != null, request.planExecutionId() != null);
    }

    private void approve(long runId, RunRequest request) {
        if (request.approve() != null) {
            approvals.approve(runId, request.requestedBy(), request.approve());
        }
    }

    private static ExitException usage(String sentence) {
        return new ExitException(ExitCode.USAGE, sentence);
    }
}
