package io.creditrollover.notify;

import org.springframework.jdbc.core.simple.JdbcClient;

/** What came back of a live run's expiries by reinstatements, undos not counted; NaN before the first run. */
record ReinstatedMetric(double users, double credits) {
    static final ReinstatedMetric NONE = new ReinstatedMetric(Double.NaN, Double.NaN);

    /** Adds up the chunks, of unfinished reinstatements too. */
    static ReinstatedMetric of(long liveRunId, JdbcClient jdbc) {
        return jdbc.sql("""
                        select coalesce(sum(t.users_rolled_over), 0)::float8 as users,
                               coalesce(sum(t.credits_rolled_over), 0)::float8 as credits
                        from credit_rollover_runs r join credit_rollover_tallies t on t.run_id = r.id
                        where r.mode = 'reinstate' and r.reinstates_run_id = :runId
                        """)
                .param("runId", liveRunId)
                .query(ReinstatedMetric.class)
                .single();
    }
}
