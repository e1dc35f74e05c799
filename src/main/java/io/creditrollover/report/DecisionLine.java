package io.creditrollover.report;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Users of a run with the same action, reason and plan.
 *
 * @param action {@code rollover}, {@code expiry}, {@code set-aside} or {@code reversal}
 * @param planType plan of the decisive payment; null for none
 */
public record DecisionLine(
        String action,
        String reasonCode,
        @Nullable String planType,
        long users,
        long creditsBefore,
        long creditsAfter) {
    static final String MEANING = "Users decided or skipped, by reason and by the plan of the decisive payment.";

    /** Returns the expired credits; never negative. */
    public long creditsExpired() {
        return Math.max(0, creditsBefore - creditsAfter);
    }

    static List<DecisionLine> of(long runId, JdbcClient jdbc) {
        return jdbc.sql("""
                        with decided as (
                            select action, reason_code, eligible_plan_type, payment_id, credits_before, credits_after
                            from credit_rollover_events
                            where run_id = :runId
                              and rollover_date = (select rollover_date from credit_rollover_runs where id = :runId)
                            union all
                            select action, reason_code, eligible_plan_type, payment_id, credits_before, credits_after
                            from credit_rollover_dry_run_decisions where run_id = :runId)
                        select * from (
                        select d.action, d.reason_code, coalesce(d.eligible_plan_type, p.plan_type) as plan_type,
                               count(*) as users, sum(d.credits_before)::bigint as credits_before,
                               sum(d.credits_after)::bigint as credits_after
                        from decided d left join payments p on p.id = d.payment_id
                        group by 1, 2, 3
                        union all
                        select 'set-aside', s.reason_code, null, count(*), 0, 0
                        from credit_rollover_skips s where s.run_id = :runId
                        group by s.reason_code) as line
                        order by action = 'set-aside', action desc, users desc, reason_code, plan_type
                        """).param("runId", runId).query(DecisionLine.class).list();
    }
}
