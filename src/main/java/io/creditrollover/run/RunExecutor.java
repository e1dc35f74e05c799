package io.creditrollover.run;

import io.creditrollover.exit.Causes;
import io.creditrollover.exit.DatabaseRefusal;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import io.creditrollover.exit.Masked;
import io.creditrollover.exit.TransientDatabaseErrors;
import io.creditrollover.lease.FencingGuard;
import io.creditrollover.lease.HeldLease;
import io.creditrollover.lease.LeaseLostException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** Executes one attempt, and writes its end to the run's row. A complete run needs no attempt. */
@Component
class RunExecutor {
    private static final Logger log = LoggerFactory.getLogger(RunExecutor.class);

    private final RunRepository runs;
    private final JobExecutions executions;
    private final Summaries summaries;
    private final RunWatchFactory watches;
    private final StopRequests stops;
    private final Completion completion;
    private final TransactionTemplate transaction;

    RunExecutor(
            RunRepository runs,
            JobExecutions executions,
            Summaries summaries,
            RunWatchFactory watches,
            StopRequests stops,
            Completion completion,
            TransactionTemplate transaction) {
        this.runs = runs;
        this.executions = executions;
        this.summaries = summaries;
        this.watches = watches;
        this.stops = stops;
        this.completion = completion;
        this.transaction = transaction;
    }

    /** Executes an attempt at a run at RUNNING. {@code statusIfBlocked} is the status if a limit blocks it. */
    RunOutcome execute(
            long runId, Job job, RunStatus statusIfBlocked, HeldLease lease, FencingGuard guard, Progress progress) {
        boolean hadWritten = runs.hasWritten(runId);
        JobExecution execution;
        try (ProgressTicker ticker = summaries.ticker(runId, progress);
                StopRequests.Poll poll = stops.poll(runId, lease)) {
            execution = executions.execute(job, runId, progress::begun);
        } catch (LeaseLostException lost) {
            return new RunOutcome(summaries.of(runId), lost.exitCode(), lost.sentence());
        }
        if (execution.getStatus() == BatchStatus.COMPLETED) {
            completion.of(runId);
            RunSummary run = summaries.of(runId);
            return new RunOutcome(run, ExitCode.OK, run.message());
        }
        return ended(runId, execution, hadWritten, statusIfBlocked, lease, guard);
    }

    /** Repeats only what follows a run's end: a kill between the two leaves it open. */
    RunOutcome alreadyComplete(RolloverRun run) {
        completion.of(run.id());
        return new RunOutcome(
                summaries.of(run),
                ExitCode.OK,
                "Run " + run.id() + " of " + run.date() + " is already complete. Nothing was changed.");
    }

    private RunOutcome ended(
            long runId,
            JobExecution execution,
            boolean hadWritten,
            RunStatus statusIfBlocked,
            HeldLease lease,
            FencingGuard guard) {
        if (lease.isLost()) {
            return new RunOutcome(
                    summaries.of(runId), ExitCode.RETRY, lease.loss().sentence());
        }
        Optional<Throwable> failure = failure(execution);
        boolean stopped = execution.getStatus() == BatchStatus.STOPPED && failure.isEmpty();
        ExitException end = stopped
                ? stopped(runId)
                : changedTables(runId).orElseGet(() -> asExit(runId, failure.orElse(null), execution, hadWritten));
        if (!(end instanceof LeaseLostException)) {
            RunStatus status =
                    stopped ? RunStatus.STOPPED : end instanceof BlockedException ? statusIfBlocked : RunStatus.FAILED;
            write(runId, status, end, guard);
        }
        boolean expected = end instanceof StoppedException
                || failure.filter(ExitException.class::isInstance).isPresent();
        String sentence = expected ? end.sentence() : end.sentence() + howToResume(execution, end.exitCode());
        return new RunOutcome(afterwards(runId, end.exitCode(), sentence), end.exitCode(), sentence);
    }

    /** Reports a missing table as the cause of its many errors: a person must look at it. */
    private Optional<ExitException> changedTables(long runId) {
        try {
            return watches.changedTables(runId).map(changed -> changed);
        } catch (DataAccessException | TransactionException unread) {
            return Optional.empty();
        }
    }

    /** Reports the original cause if the database is unreachable by now. */
    private RunSummary afterwards(long runId, ExitCode exitCode, String sentence) {
        try {
            return summaries.of(runId);
        } catch (DataAccessException | TransactionException unread) {
            throw new ExitException(exitCode, sentence, unread);
        }
    }

    /** Without a database the row stays at RUNNING; the next attempt resumes it the same way. */
    private void write(long runId, RunStatus status, ExitException end, FencingGuard guard) {
        try {
            transaction.executeWithoutResult(inTransaction -> {
                guard.lockToken();
                runs.transition(runs.find(runId).orElseThrow(), status, end.sentence(), exceeded(end));
                if (end instanceof StoppedException stopped) {
                    watches.keepCause(runId, stopped);
                }
            });
        } catch (RuntimeException unwritten) {
            log.warn("Run {} ended as {}, which could not be written: {}", runId, status, Masked.firstLine(unwritten));
        }
    }

    /** Changed host tables exceed no limit: the run resumes once they are as before. */
    private static List<ExceededLimit> exceeded(ExitException end) {
        if (end instanceof BlockedException blocked) {
            return blocked.limits();
        }
        return end instanceof StoppedException stopped && stopped.stopCause() == StopCause.TOLERANCE
                ? List.of(new ExceededLimit(ExceededLimit.RUN_TOLERANCE, end.sentence()))
                : List.of();
    }

    private static ExitException stopped(long runId) {
        return new ExitException(ExitCode.RETRY, "Run " + runId + " was stopped between two chunks.");
    }

    private ExitException asExit(long runId, @Nullable Throwable failure, JobExecution execution, boolean hadWritten) {
        if (failure instanceof ExitException exit) {
            return exit;
        }
        List<Throwable> failures = execution.getAllFailureExceptions();
        String failed = "Run " + runId + " failed. ";
        Optional<ExitException> refused = DatabaseRefusal.in(failures, hasWritten(runId, execution, hadWritten));
        if (refused.isPresent()) {
            log.debug("Run {} was refused by the database.", runId, Masked.trace(refused.get()));
            return new ExitException(
                    refused.get().exitCode(), failed + refused.get().sentence(), refused.get());
        }
        Optional<String> fault = TransientDatabaseErrors.in(failures);
        if (fault.isPresent()) {
            return new ExitException(ExitCode.RETRY, failed + fault.get());
        }
        if (failure == null) {
            return new ExitException(ExitCode.RETRY, failed + "The cause is unknown.");
        }
        log.error("Run {} failed. Committed chunks remain; restart resumes after them.", runId, Masked.trace(failure));
        return new ExitException(ExitCode.RETRY, failed + Causes.sentence(Masked.firstLine(failure)));
    }

    /** Returns whether this attempt wrote; true if unknown. */
    private boolean hasWritten(long runId, JobExecution execution, boolean hadWritten) {
        boolean counted = execution.getStepExecutions().stream().anyMatch(step -> step.getWriteCount() > 0);
        try {
            return counted || (!hadWritten && runs.hasWritten(runId));
        } catch (DataAccessException | TransactionException unread) {
            return true;
        }
    }

    /** Informs the caller only. The row keeps the cause alone; each reader names its own way to resume. */
    private static String howToResume(JobExecution execution, ExitCode code) {
        String job = execution.getJobInstance().getJobName();
        if (job.equals(ReinstateJob.NAME)) {
            return (code == ExitCode.RETRY ? " Call it again." : " Fix this, then call it again.")
                    + " What it reinstated stays.";
        }
        RunMode mode = job.equals(UndoJob.NAME) ? RunMode.UNDO : RunMode.LIVE;
        return (code == ExitCode.RETRY ? " Resume with " : " Fix this, then resume with ")
                + mode.commandToResume(execution.getId()) + ".";
    }

    /**
     * Returns the first {@link ExitException}, else the innermost cause of the first failure not made by Spring Batch.
     */
    private static Optional<Throwable> failure(JobExecution execution) {
        return execution.getAllFailureExceptions().stream()
                .flatMap(Causes::of)
                .filter(ExitException.class::isInstance)
                .findFirst()
                .or(() -> execution.getStepExecutions().stream()
                        .flatMap(step -> step.getFailureExceptions().stream())
                        .filter(e -> !(e instanceof JobExecutionException))
                        .findFirst()
                        .map(Causes::root));
    }
}
