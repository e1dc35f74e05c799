package io.creditrollover.run;

import io.creditrollover.exit.DatabaseFault;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import io.creditrollover.lease.ChunkGuard;
import io.creditrollover.lease.HeldLease;
import io.creditrollover.lease.LeaseLostException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
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

/** One attempt at a run: the job executed, its end written to the run's row and put into a sentence. */
@Component
class Attempts {
    private static final Logger log = LoggerFactory.getLogger(Attempts.class);

    private final RunTable runs;
    private final Executions executions;
    private final Summaries summaries;
    private final StopRequests stops;
    private final TransactionTemplate transaction;

    Attempts(
            RunTable runs,
            Executions executions,
            Summaries summaries,
            StopRequests stops,
            TransactionTemplate transaction) {
        this.runs = runs;
        this.executions = executions;
        this.summaries = summaries;
        this.stops = stops;
        this.transaction = transaction;
    }

    /**
     * Works on a run that stands at RUNNING, to the end of this attempt.
     *
     * @param ifRefused where the run stands when a limit does not let it pass
     */
    RunOutcome execute(long runId, Job job, RunStatus ifRefused, HeldLease lease, ChunkGuard guard, Progress progress) {
        JobExecution execution;
        try (ProgressTicker ticker = summaries.ticker(runId, progress);
                StopRequests.Poll poll = stops.poll(runId, lease)) {
            execution = executions.execute(job, runId, progress::begun);
        } catch (LeaseLostException lost) {
            return new RunOutcome(summaries.of(runId), lost.exitCode(), lost.sentence());
        }
        if (execution.getStatus() == BatchStatus.COMPLETED) {
            RunSummary run = summaries.of(runId);
            return new RunOutcome(run, ExitCode.OK, run.message());
        }
        return ended(runId, execution, ifRefused, lease, guard);
    }

    private RunOutcome ended(
            long runId, JobExecution execution, RunStatus ifRefused, HeldLease lease, ChunkGuard guard) {
        if (lease.isLost()) {
            return new RunOutcome(
                    summaries.of(runId), ExitCode.RETRY, lease.loss().sentence());
        }
        Optional<Throwable> failure = failure(execution);
        boolean stopped = execution.getStatus() == BatchStatus.STOPPED && failure.isEmpty();
        ExitException end = stopped ? stopped(runId) : asExit(runId, failure.orElse(null), execution);
        if (!(end instanceof LeaseLostException)) {
            RunStatus status =
                    stopped ? RunStatus.STOPPED : end instanceof BlockedException ? ifRefused : RunStatus.FAILED;
            write(runId, status, end.sentence(), guard);
        }
        boolean foreseen = failure.filter(ExitException.class::isInstance).isPresent();
        String sentence = foreseen ? end.sentence() : end.sentence() + goOn(execution);
        return new RunOutcome(afterwards(runId, end.exitCode(), sentence), end.exitCode(), sentence);
    }

    /** What ended the attempt may have taken the database along; then the cause is told rather than that. */
    private RunSummary afterwards(long runId, ExitCode exitCode, String sentence) {
        try {
            return summaries.of(runId);
        } catch (DataAccessException | TransactionException unread) {
            throw new ExitException(exitCode, sentence, unread);
        }
    }

    /** A database that is gone leaves the row at RUNNING, which the next attempt resumes just the same. */
    private void write(long runId, RunStatus status, String sentence, ChunkGuard guard) {
        try {
            transaction.executeWithoutResult(inTransaction -> {
                guard.enter();
                runs.move(runs.find(runId).orElseThrow(), status, sentence);
            });
        } catch (RuntimeException unwritten) {
            log.warn("Run {} ended as {}, which could not be written: {}", runId, status, unwritten.getMessage());
        }
    }

    private static ExitException stopped(long runId) {
        return new ExitException(ExitCode.RETRY, "Run " + runId + " was stopped between two chunks.");
    }

    private static ExitException asExit(long runId, @Nullable Throwable failure, JobExecution execution) {
        if (failure instanceof ExitException exit) {
            return exit;
        }
        Optional<String> fault = DatabaseFault.in(execution.getAllFailureExceptions());
        if (fault.isPresent()) {
            return new ExitException(ExitCode.RETRY, "Run " + runId + " failed. " + fault.get());
        }
        String cause = failure == null
                ? "no cause was given"
                : Objects.requireNonNullElse(
                        failure.getMessage(), failure.getClass().getSimpleName());
        if (failure != null) {
            log.error("Run {} failed; what was committed stays, restart goes on from there.", runId, failure);
        }
        return new ExitException(ExitCode.RETRY, "Run " + runId + " failed: " + sentence(cause));
    }

    private static String sentence(String cause) {
        String line = cause.lines().findFirst().orElse("").strip();
        return line.endsWith(".") ? line : line + ".";
    }

    /** Told to whom started the attempt; the row keeps the cause alone, and each reader says in its own way how to go on. */
    private static String goOn(JobExecution execution) {
        boolean undo = execution.getJobInstance().getJobName().equals(UndoJob.NAME);
        return " Go on with " + (undo ? "undo " : "restart ") + execution.getId() + ".";
    }

    /** The first cause that is an answer, else the innermost cause of the first failure that Spring Batch did not make up. */
    private static Optional<Throwable> failure(JobExecution execution) {
        return execution.getAllFailureExceptions().stream()
                .flatMap(Attempts::chain)
                .filter(ExitException.class::isInstance)
                .findFirst()
                .or(() -> execution.getStepExecutions().stream()
                        .flatMap(step -> step.getFailureExceptions().stream())
                        .filter(e -> !(e instanceof JobExecutionException))
                        .findFirst()
                        .map(e -> chain(e).reduce((outer, inner) -> inner).orElse(e)));
    }

    private static Stream<Throwable> chain(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
    }
}
