package io.creditrollover.run;

import io.creditrollover.rollover.PartitionTotals;
import io.creditrollover.rollover.Totals;
import java.util.List;
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
        return runs.all().stream().map(this::of).toList();
    }

    RunSummary of(RolloverRun run) {
        Totals figures = figures(run);
        Long instance = run.jobInstanceId();
        return new RunSummary(
                instance == null ? null : executions.latest(instance).orElse(null),
                run.id(),
                run.date(),
                run.mode().code(),
                run.status(),
                figures.usersProcessed(),
                figures.usersRolledOver(),
                figures.usersExpired(),
                figures.usersSkipped(),
                figures.creditsBefore(),
                figures.creditsRolledOver(),
                figures.creditsExpired(),
                run.startedAt(),
                run.finishedAt(),
                run.requestedBy(),
                run.approvedBy(),
                run.reason(),
                run.message(),
                run.status() == RunStatus.BLOCKED ? ForecastTotals.of(run.forecast()) : null,
                run.mode().addsBack() ? figures.usersRolledOver() : null,
                run.mode().addsBack() ? figures.creditsRolledOver() : null);
    }

    private Totals figures(RolloverRun run) {
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
        ForecastTotals forecast =
                ForecastTotals.of(runs.find(runId).orElseThrow().forecast());
        return forecast == null ? 0 : forecast.usersProcessed();
    }
}
