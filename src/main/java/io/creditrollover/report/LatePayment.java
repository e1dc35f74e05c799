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
                    + "window or up to a week after the cut-off. With it, the credits would have rolled over. Counted "
                    + "for the last two months only.";

    private static final String QUERY = """
            with this as (select cutoff, policy from credit_rollover_runs where id = :runId),
            eligible as (
                select plan.key as plan_type, (plan.value ->> 'windowStart')::timestamptz as window_start
                from this, jsonb_each(policy -> 'plans') as plan
                where (plan.value ->> 'eligible')::boolean),
            around as materialized (
                select p.user_id, p.id, p.plan_type::text as plan_type, p.created_at from payments p
                where p.payment_status::text = 'paid'
                  and p.created_at >= (select min(window_start) from eligible)
                  and p.created_at < (select cutoff + interval '7 days' from this)),
            expired as materialized (
                select user_id, phone_number, credits_before - credits_after as credits, payment_id, paid_at
                from %s decided where action = 'expiry'),
            late as (
                select distinct on (e.user_id) e.user_id, e.phone_number, e.credits, p.plan_type,
                                               p.created_at as paid_at
                from expired e
                join around p on p.user_id = e.user_id
                join eligible l on l.plan_type = p.plan_type
                where p.created_at >= l.window_start
                  and (e.payment_id is null or (p.created_at, p.id) > (e.paid_at, e.payment_id))
                order by e.user_id, p.created_at, p.id)
            select *, count(*) over () as total from late order by paid_at, user_id limit :most
            """.formatted(RunDecisions.OF_RUN);

    /**
     * Returns the first {@code most} by payment date. Both sides are read once and joined: by look-ups the time would
     * grow with the payments of each user.
     */
    static List<LatePayment> of(long runId, int most, JdbcClient jdbc) {
        return jdbc.sql(QUERY)
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
