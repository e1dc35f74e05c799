package io.creditrollover.run;

import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Unfinished undos and reinstatements, alive or dead: only the lease tells. Reads only. */
@Component
class UnfinishedReversals {
    private final RunRepository runs;
    private final JdbcClient jdbc;

    UnfinishedReversals(RunRepository runs, JdbcClient jdbc) {
        this.runs = runs;
        this.jdbc = jdbc;
    }

    boolean isAny() {
        return undo().isPresent() || reinstatement().isPresent();
    }

    Optional<RolloverRun> undo() {
        return first(jdbc.sql("""
                select id from credit_rollover_runs
                where mode = 'undo' and status in ('RUNNING', 'FAILED', 'STOPPED')
                order by id limit 1
                """));
    }

    Optional<RolloverRun> undoOf(long runId) {
        return first(jdbc.sql("""
                select id from credit_rollover_runs
                where mode = 'undo' and status in ('RUNNING', 'FAILED', 'STOPPED') and undoes_run_id = :runId
                order by id limit 1
                """).param("runId", runId));
    }

    /** A failed or stopped one is over: the next one starts anew. */
    Optional<RolloverRun> reinstatement() {
        return first(jdbc.sql("""
                select id from credit_rollover_runs
                where mode = 'reinstate' and status = 'RUNNING'
                order by id limit 1
                """));
    }

    private Optional<RolloverRun> first(JdbcClient.StatementSpec query) {
        return query.query(Long.class).optional().flatMap(runs::find);
    }
}
