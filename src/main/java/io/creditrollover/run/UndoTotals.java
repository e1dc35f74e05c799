package io.creditrollover.run;

import io.creditrollover.rollover.Totals;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What an undo has given back so far, from its reversals, whether it has come to its end or not. */
final class UndoTotals {
    private UndoTotals() {}

    /**
     * What was given back counts as credits that stay; users whose balance could not hold it as set aside. Goes by the
     * date, since that is what reversals are indexed by.
     */
    static Totals of(JdbcClient jdbc, long undoRunId) {
        return jdbc.sql("""
                        select count(*) as users_rolled_over, 0::bigint as users_expired,
                               (select count(*) from credit_rollover_skips where run_id = :runId) as users_skipped,
                               coalesce(sum(credits_after - credits_before), 0)::bigint as credits_before,
                               coalesce(sum(credits_after - credits_before), 0)::bigint as credits_rolled_over,
                               0::bigint as credits_expired
                        from credit_rollover_events
                        where rollover_date = (select rollover_date from credit_rollover_runs where id = :runId)
                          and run_id = :runId and action = 'reversal'
                        """).param("runId", undoRunId).query(Totals.class).single();
    }
}
