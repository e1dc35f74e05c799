package io.creditrollover.run;

import io.creditrollover.rollover.PartitionTotals;
import io.creditrollover.rollover.Totals;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Summaries of runs: totals as reconciled, or so far. Reads only. */
@Component
public class Summaries {
    private final RunRepository runs;
    private final JobExecutions executions;
    private final JdbcClient jdbc;

    Summaries(RunRepository runs, JobExecutions executions, JdbcClient jdbc) {
        this.runs = runs;
        this.executions = executions;
        this.jdbc = jdbc;
    }

    /** Returns a run by id; throws if there is none. */
    public RunSummary of(long runId) {
        return of(runs.find(runId).orElseThrow());
    }

    List<RunSummary> all() {
        Map<Long, Long> latest = executions.latest();
        return runs.all().stream()
                .map(run -> of(run, run.jobInstanceId() == null ? null : latest.get(run.jobInstanceId())))
                .toList();
    }

    RunSummary of(RolloverRun run) {
        Long instance = run.jobInstanceId();
        return of(run, instance == null ? null : executions.latest(instance).orElse(null));
    }

    private RunSummary of(RolloverRun run, @Nullable Long executionId) {
        Totals totals = totals(run);
        return new RunSummary(
                executionId,
                run.id(),
                run.date(),
                run.mode(),
                run.status(),
                totals,
                run.startedAt(),
                run.finishedAt(),
                run.requestedBy(),
                run.approvedBy(),
                run.reason(),
                run.message(),
                run.status() == RunStatus.BLOCKED ? ForecastTotals.of(run.forecast()) : null,
                run.mode().addsBack() ? totals.usersRolledOver() : null,
                run.mode().addsBack() ? totals.creditsRolledOver() : null);
    }

    private Totals totals(RolloverRun run) {
        if (run.figures().usersProcessed() > 0) {
            return run.figures();
        }
        return run.mode().addsBack() ? UndoTotals.of(jdbc, run.id()) : PartitionTotals.of(jdbc, run.id());
    }

    ProgressTicker ticker(long runId, Progress progress) {
        if (runs.find(runId).orElseThrow().mode().addsBack()) {
            ReversalProgress reviewed = new ReversalProgress(jdbc, runId);
            return new ProgressTicker(() -> progress.at(reviewed.done(), reviewed.total()));
        }
        return new ProgressTicker(
                () -> progress.at(PartitionTotals.of(jdbc, runId).usersProcessed(), total(runId)));
    }

    private long total(long runId) {
        ForecastTotals forecast = ForecastTotals.of(runId, jdbc);
        return forecast == null ? 0 : forecast.usersProcessed();
    }
}
