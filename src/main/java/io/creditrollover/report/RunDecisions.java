package io.creditrollover.report;

/** The events of a run, or the decisions of a dry run, in one form. A run has rows in one of the two tables. */
final class RunDecisions {
    /** A subquery with the parameter {@code runId}. The planner applies conditions on its columns to both tables. */
    static final String OF_RUN = """
            (select id as event_id, run_id, rollover_date, user_id, phone_number, action, credits_before, credits_after,
                    eligible_plan_type, reason_code, reason, payment_id, paid_at, credits_protected, created_at
             from credit_rollover_events
             where run_id = :runId
               and rollover_date = (select rollover_date from credit_rollover_runs where id = :runId)
             union all
             select null::bigint, run_id, (select rollover_date from credit_rollover_runs where id = :runId), user_id,
                    phone_number, action, credits_before, credits_after, eligible_plan_type, reason_code, reason,
                    payment_id, paid_at, credits_protected, null::timestamptz
             from credit_rollover_dry_run_decisions
             where run_id = :runId)""";

    private RunDecisions() {}
}
