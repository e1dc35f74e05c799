package io.creditrollover.report;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Events and skips minus the run's totals; 0 and 0 for a complete run.
 *
 * @param users difference in processed users
 * @param credits difference in expired credits
 */
public record ReconciliationDifference(long users, long credits) {
    static final String MEANING =
            "Reconciliation: events and skips, counted again now, less the figures that the run was completed with.";

    static ReconciliationDifference of(long runId, JdbcClient jdbc) {
        return jdbc.sql("""
                        with decided as (
                            select credits_before - credits_after as credits from credit_rollover_events
                            where run_id = :runId and action in ('rollover', 'expiry')
                            union all
                            select credits_before - credits_after from credit_rollover_dry_run_decisions
                            where run_id = :runId
                            union all
                            select 0 from credit_rollover_events
                            where run_id = :runId and action in ('reversal', 'reinstatement'))
                        select (select count(*) from decided)
                               + (select count(*) from credit_rollover_skips where run_id = :runId)
                               - r.users_processed as users,
                               (select coalesce(sum(credits), 0)::bigint from decided) - r.credits_expired as credits
                        from credit_rollover_runs r where r.id = :runId and r.users_processed > 0
                        """)
                .param("runId", runId)
                .query(ReconciliationDifference.class)
                .optional()
                .orElse(new ReconciliationDifference(0, 0));
    }

    public boolean none() {
        return users == 0 && credits == 0;
    }
}
