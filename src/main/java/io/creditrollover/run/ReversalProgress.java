package io.creditrollover.run;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Events that an undo or reinstatement has reviewed, of those that it has to. Reads only; not thread-safe. */
final class ReversalProgress {
    private final JdbcClient jdbc;
    private final long runId;
    private long total;

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

    /** Of a second look those that it has chosen; 0 while unknown. */
    long total() {
        if (total == 0) {
            total = jdbc.sql("""
                            select case when r.mode = 'undo' then
                                       (select count(*) from credit_rollover_events e
                                        where e.run_id = r.undoes_run_id and e.action in ('rollover', 'expiry')
                                          and e.credits_after < e.credits_before
                                          and (r.only_user_id is null or e.user_id = r.only_user_id))
                                   else
                                       (select coalesce(sum(s.write_count), 0)::bigint
                                        from credit_rollover_batch_job_execution e
                                        join credit_rollover_batch_step_execution s using (job_execution_id)
                                        where e.job_instance_id = r.job_instance_id and s.step_name = :choosing)
                                   end
                            from credit_rollover_runs r where r.id = :runId
                            """)
                    .param("runId", runId)
                    .param("choosing", ReinstateJob.CANDIDATES)
                    .query(Long.class)
                    .single();
        }
        return total;
    }
}
