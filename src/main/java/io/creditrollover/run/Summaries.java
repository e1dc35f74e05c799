package io.creditrollover.run;

import io.creditrollover.rollover.Tallies;
import io.creditrollover.rollover.Tally;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Runs as people get to see them: reconciled figures where there are some, else what is counted so far. Reads only. */
@Component
public class Summaries {
    private final RunTable runs;
    private final Executions executions;
    private final JdbcClient jdbc;

    Summaries(RunTable runs, Executions executions, JdbcClient jdbc) {
        this.runs = runs;
        this.executions = executions;
        this.jdbc = jdbc;
    }

    /** Returns a run by its id; throws when there is none. */
    public RunSummary of(long runId) {
        return of(runs.find(runId).orElseThrow());
    }

    List<RunSummary> all() {
        return runs.all().stream().map(this::of).toList();
    }

    RunSummary of(RolloverRun run) {
        Tally figures = run.figures().usersProcessed() > 0 ? run.figures() : Tallies.of(jdbc, run.id());
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
                run.message());
    }

    /** Starts to tell how far a run is. */
    ProgressTicker ticker(long runId, Progress progress) {
        return new ProgressTicker(() -> progress.at(Tallies.of(jdbc, runId).usersProcessed(), total(runId)));
    }

    private long total(long runId) {
        String forecast = runs.find(runId).orElseThrow().forecast();
        return forecast == null
                ? 0
                : JsonMapper.shared().readTree(forecast).path("usersProcessed").asLong();
    }
}
