package io.creditrollover.run;

import io.creditrollover.rollover.Totals;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Totals of an undo's reversals so far. */
final class UndoTotals {
    private UndoTotals() {}

    /**
     * Reversed credits count as rolled over; users with a balance too full for them count as skipped. Filters by date
     * because reversals are indexed by it.
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
