package io.creditrollover.run;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds runs by execution, id or date, with their summaries. Reads only. */
@Component
class RunLookup {
    private final RunRepository runs;
    private final Summaries summaries;
    private final JdbcClient jdbc;

    RunLookup(RunRepository runs, Summaries summaries, JdbcClient jdbc) {
        this.runs = runs;
        this.summaries = summaries;
        this.jdbc = jdbc;
    }

    /** Returns the run of an execution; empty if unknown or of another job. */
    Optional<RolloverRun> findByExecution(long executionId) {
        return jdbc.sql("""
                        select p.parameter_value::bigint from credit_rollover_batch_job_execution_params p
                        join credit_rollover_batch_job_execution e using (job_execution_id)
                        join credit_rollover_batch_job_instance i using (job_instance_id)
                        where e.job_execution_id = :executionId and p.parameter_name = 'runId'
                          and i.job_name in ('creditRolloverJob', 'creditRolloverUndoJob', 'creditRolloverReinstateJob')
                        """)
                .param("executionId", executionId)
                .query(Long.class)
                .optional()
                .flatMap(runs::find);
    }

    /** @throws ExitException 64 if the execution is unknown */
    RolloverRun byExecution(long executionId) {
        return findByExecution(executionId)
                .orElseThrow(() -> new ExitException(
                        ExitCode.USAGE,
                        "There is no execution " + executionId + ". The command status lists the runs."));
    }

    /** Returns a run by id; throws if there is none. */
    RolloverRun run(long runId) {
        return runs.find(runId).orElseThrow();
    }

    /** Returns the live run of a date if it is complete; else empty. */
    Optional<RolloverRun> completed(LocalDate date) {
        return runs.findLive(date).filter(run -> run.status() == RunStatus.COMPLETED);
    }

    RunSummary summary(RolloverRun run) {
        return summaries.of(run);
    }

    List<RunSummary> summaries() {
        return summaries.all();
    }
}
