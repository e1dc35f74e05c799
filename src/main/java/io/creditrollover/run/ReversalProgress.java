package io.creditrollover.run;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Events that an undo or reinstatement has reviewed, of all with expired credits. Reads only; not thread-safe. */
final class ReversalProgress {
    private final JdbcClient jdbc;
    private final long runId;
    private @Nullable Long total;

    ReversalProgress(JdbcClient jdbc, long runId) {
        this.jdbc = jdbc;
        this.runId = runId;
    }

    /** Counts by the committed chunks of Spring Batch; further passes over busy rows count too. */
    long done() {
        return jdbc.sql("""
                        select coalesce(sum(s.read_count), 0)::bigint
                        from credit_rollover_runs r
                        join credit_rollover_batch_job_execution e on e.job_instance_id = r.job_instance_id
                        join credit_rollover_batch_step_execution s using (job_execution_id)
                        where r.id = :runId
                        """).param("runId", runId).query(Long.class).single();
    }

    long total() {
        if (total == null) {
            total = jdbc.sql("""
                            select count(*) from credit_rollover_runs r
                            join credit_rollover_events e on e.run_id = coalesce(r.undoes_run_id, r.reinstates_run_id)
                             and e.action in ('rollover', 'expiry') and e.credits_after < e.credits_before
                            where r.id = :runId and (r.only_user_id is null or e.user_id = r.only_user_id)
                            """).param("runId", runId).query(Long.class).single();
        }
        return total;
    }
}
