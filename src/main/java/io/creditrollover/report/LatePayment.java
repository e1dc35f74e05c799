package io.creditrollover.report;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * An expired user with an eligible payment just after the decision.
 *
 * @param phone masked
 * @param total number of such users
 */
public record LatePayment(long userId, String phone, long creditsExpired, String planType, Instant paidAt, long total) {
    static final String MEANING =
            "Late payments: credits expired before a payment for an eligible plan arrived. The payment is dated within the "
                    + "window or up to a week after the cut-off. With it, the credits would have rolled over.";

    /** Returns the first {@code most} by payment date. */
    static List<LatePayment> of(long runId, int most, JdbcClient jdbc) {
        return jdbc.sql("""
                        with this as (select cutoff, policy from credit_rollover_runs where id = :runId),
                        eligible as (
                            select plan.key as plan_type, (plan.value ->> 'windowStart')::timestamptz as window_start
                            from this, jsonb_each(policy -> 'plans') as plan
                            where (plan.value ->> 'eligible')::boolean),
                        expired as (
                            select user_id, phone_number, credits_before - credits_after as credits, payment_id, paid_at
                            from credit_rollover_events where run_id = :runId and action = 'expiry'
                            union all
                            select user_id, phone_number, credits_before - credits_after, payment_id, paid_at
                            from credit_rollover_dry_run_decisions where run_id = :runId and action = 'expiry'),
                        late as (
                            select distinct on (e.user_id) e.user_id, e.phone_number, e.credits, p.plan_type::text,
                                                           p.created_at as paid_at
                            from this, expired e
                            join payments p on p.user_id = e.user_id and p.payment_status::text = 'paid'
                            join eligible l on l.plan_type = p.plan_type::text
                            where p.created_at >= l.window_start and p.created_at < this.cutoff + interval '7 days'
                              and (e.payment_id is null or (p.created_at, p.id) > (e.paid_at, e.payment_id))
                            order by e.user_id, p.created_at, p.id)
                        select *, count(*) over () as total from late order by paid_at, user_id limit :most
                        """)
                .param("runId", runId)
                .param("most", most)
                .query((rs, row) -> new LatePayment(
                        rs.getLong("user_id"),
                        PhoneMask.mask(rs.getString("phone_number")),
                        rs.getLong("credits"),
                        rs.getString("plan_type"),
                        rs.getObject("paid_at", OffsetDateTime.class).toInstant(),
                        rs.getLong("total")))
                .list();
    }
}
