package io.creditrollover.rollover;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A run's totals per partition and sweep, updated with the events. Source of live figures; reconciliation compares
 * events with them.
 */
public final class PartitionTotals {
    private PartitionTotals() {}

    /** Adds a chunk's totals, in its transaction. */
    public static void add(JdbcClient jdbc, long runId, String step, Totals totals) {
        jdbc.sql("""
                        insert into credit_rollover_tallies as t
                            (run_id, step, users_rolled_over, users_expired, users_skipped,
                             credits_before, credits_rolled_over, credits_expired)
                        values (:runId, :step, :rolledOver, :expired, :skipped, :before, :after, :taken)
                        on conflict (run_id, step) do update
                        set users_rolled_over = t.users_rolled_over + excluded.users_rolled_over,
                            users_expired = t.users_expired + excluded.users_expired,
                            users_skipped = t.users_skipped + excluded.users_skipped,
                            credits_before = t.credits_before + excluded.credits_before,
                            credits_rolled_over = t.credits_rolled_over + excluded.credits_rolled_over,
                            credits_expired = t.credits_expired + excluded.credits_expired
                        """)
                .param("runId", runId)
                .param("step", step)
                .param("rolledOver", totals.usersRolledOver())
                .param("expired", totals.usersExpired())
                .param("skipped", totals.usersSkipped())
                .param("before", totals.creditsBefore())
                .param("after", totals.creditsRolledOver())
                .param("taken", totals.creditsExpired())
                .update();
    }

    /** Returns the totals of all committed chunks. */
    public static Totals of(JdbcClient jdbc, long runId) {
        return jdbc.sql("""
                        select coalesce(sum(users_rolled_over), 0)::bigint as users_rolled_over,
                               coalesce(sum(users_expired), 0)::bigint as users_expired,
                               coalesce(sum(users_skipped), 0)::bigint as users_skipped,
                               coalesce(sum(credits_before), 0)::bigint as credits_before,
                               coalesce(sum(credits_rolled_over), 0)::bigint as credits_rolled_over,
                               coalesce(sum(credits_expired), 0)::bigint as credits_expired
                        from credit_rollover_tallies where run_id = :runId
                        """).param("runId", runId).query(Totals.class).single();
    }
}
