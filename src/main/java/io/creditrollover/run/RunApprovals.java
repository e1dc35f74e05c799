package io.creditrollover.run;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;

/** Approvals and stop causes on a run's row. Writes need a transaction opened by the chunk guard. */
@Component
class RunApprovals {
    private final JdbcClient jdbc;

    RunApprovals(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void approve(long runId, String approvedBy, String reason) {
        RunRepository.update(
                runId,
                jdbc.sql("update credit_rollover_runs set approved_by = :by, reason = :reason where id = :id")
                        .param("by", approvedBy)
                        .param("reason", reason));
    }

    void approveLimits(long runId, Set<String> limits) {
        RunRepository.update(runId, jdbc.sql("""
                                update credit_rollover_runs
                                set approved_limits = coalesce(approved_limits, '{}') || :limits::text[] where id = :id
                                """).param("limits", new SqlArrayValue("text", limits.toArray())));
    }

    /** Stores the tables and clears the stop cause. */
    void hostTables(long runId, List<String> marks) {
        RunRepository.update(
                runId,
                jdbc.sql(
                                "update credit_rollover_runs set host_tables = :marks::text[], stop_cause = null where id = :id")
                        .param("marks", new SqlArrayValue("text", marks.toArray())));
    }

    void stopCause(long runId, StopCause cause) {
        RunRepository.update(
                runId,
                jdbc.sql("update credit_rollover_runs set stop_cause = :cause where id = :id")
                        .param("cause", cause.name()));
    }

    /** Returns the latest live run stopped by {@code cause} and not reviewed yet. */
    Optional<RolloverRun> findStoppedBy(StopCause cause) {
        return jdbc.sql("""
                        select * from credit_rollover_runs
                        where mode = 'live' and status <> 'UNDONE' and stop_cause = :cause order by id desc limit 1
                        """)
                .param("cause", cause.name())
                .query(RunRepository::run)
                .optional();
    }
}
