package io.creditrollover.run;

import io.creditrollover.rollover.Totals;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Totals of an undo or reinstatement so far, by its events. */
final class UndoTotals {
    private UndoTotals() {}

    /** Credits added back count as rolled over. */
    static Totals of(JdbcClient jdbc, long runId) {
        return jdbc.sql("""
                        select count(*) as users_rolled_over, 0::bigint as users_expired,
                               (select count(*) from credit_rollover_skips where run_id = :runId) as users_skipped,
                               coalesce(sum(credits_after - credits_before), 0)::bigint as credits_before,
                               coalesce(sum(credits_after - credits_before), 0)::bigint as credits_rolled_over,
                               0::bigint as credits_expired
                        from credit_rollover_events
                        where run_id = :runId and action in ('reversal', 'reinstatement')
                        """).param("runId", runId).query(Totals.class).single();
    }
}
