package io.creditrollover.run;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import io.creditrollover.lease.FencingGuard;
import io.creditrollover.lease.HeldLease;
import io.creditrollover.rollover.ChunkWatch;
import io.creditrollover.rollover.PartitionHandlerFactory;
import io.creditrollover.rollover.RunContext;
import io.creditrollover.rollover.Totals;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.batch.core.job.Job;
import org.springframework.stereotype.Component;

/** Looks up runs, and starts attempts at admitted ones. */
@Component
class RunDesk {
    private final RunRepository runs;
    private final JobExecutions executions;
    private final Summaries summaries;
    private final RunExecutor attempts;
    private final RolloverJob job;
    private final RunWatchFactory watches;
    private final Completion completion;

    RunDesk(
            RunRepository runs,
            JobExecutions executions,
            Summaries summaries,
            RunExecutor attempts,
            RolloverJob job,
            RunWatchFactory watches,
            Completion completion) {
        this.runs = runs;
        this.executions = executions;
        this.summaries = summaries;
        this.attempts = attempts;
        this.job = job;
        this.watches = watches;
        this.completion = completion;
    }

    /** @throws ExitException 64 if the execution is unknown */
    RolloverRun ofExecution(long executionId) {
        return executions.runOf(executionId).stream()
                .boxed()
                .flatMap(runId -> runs.find(runId).stream())
                .findFirst()
                .orElseThrow(() -> new ExitException(
                        ExitCode.USAGE,
                        "There is no execution " + executionId + ". The command status lists the runs."));
    }

    RolloverRun run(long runId) {
        return runs.find(runId).orElseThrow();
    }

    RunOutcome attempt(RunAdmission.Admitted admitted, HeldLease lease, FencingGuard guard, RunRequest request) {
        RolloverRun run = run(admitted.runId());
        boolean dryRun = run.mode() == RunMode.DRY_RUN;
        PartitionHandlerFactory workers = dryRun ? PartitionHandlerFactory.LOCAL : request.workers();
        RunContext order = new RunContext(
                run.id(),
                dryRun,
                admitted.policy(),
                guard,
                request.signal().child(),
                workers,
                dryRun ? ChunkWatch.NONE : watches.of(run.id()));
        return attempts.execute(
                run.id(),
                job.of(run, order, admitted.approval()),
                admitted.statusIfBlocked(),
                lease,
                guard,
                request.progress());
    }

    RunOutcome giveBack(long runId, Job job, HeldLease lease, FencingGuard guard, Progress progress) {
        return attempts.execute(runId, job, RunStatus.FAILED, lease, guard, progress);
    }

    /** Returns the outcome for a complete date; else empty. */
    Optional<RunOutcome> completed(LocalDate date) {
        return runs.findLive(date)
                .filter(run -> run.status() == RunStatus.COMPLETED)
                .map(this::completed);
    }

    RunOutcome completed(RolloverRun run) {
        completion.of(run.id());
        return new RunOutcome(
                summaries.of(run),
                ExitCode.OK,
                "Run " + run.id() + " of " + run.date() + " is already complete. Nothing was changed.");
    }

    RunOutcome disabled(LocalDate date, RunRequest request) {
        return new RunOutcome(
                new RunSummary(
                        null,
                        null,
                        date,
                        RunMode.LIVE,
                        RunStatus.DISABLED,
                        Totals.NONE,
                        null,
                        null,
                        request.requestedBy(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null),
                ExitCode.OK,
                "rollover.enabled is false. Nothing was changed.");
    }

    RunSummary summary(RolloverRun run) {
        return summaries.of(run);
    }

    List<RunSummary> summaries() {
        return summaries.all();
    }
}
