package io.creditrollover.reinstate;

import io.creditrollover.decision.RolloverPolicy;
import io.creditrollover.undo.EventIds;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;

/**
 * Finds the events that a second look can change, in one pass over payments since the earliest window start. Only such a
 * payment lets credits roll over: an eligible one other than the event's evidence, or any that may count as bought. A user
 * without one gets the same decision again, whatever else changed.
 */
final class NewPayments {
    /** Ids kept in memory. If there are more, the second look reads all events. */
    private static final int MAX_EVENTS = 200_000;

    private static final String EVENTS = """
            select e.id from credit_rollover_events e
            where e.run_id = :runId and e.action in ('rollover', 'expiry') and e.credits_after < e.credits_before
              and exists (
                  select from payments p
                  where p.user_id = e.user_id and p.payment_status::text = 'paid' and p.created_at >= :earliestWindowStart
                    and (p.created_at < e.created_at or p.created_at < :renewalsUntil)
                    and (p.created_at >= :cutoff
                         or p.plan_type::text = any (:eligible::text[])
                            and (p.id, p.plan_type::text) is distinct from (e.payment_id, e.eligible_plan_type)))
            limit :limit
            """;

    private NewPayments() {}

    /** Needs the timeouts of a long read. */
    static EventIds events(JdbcClient jdbc, long runId, RolloverPolicy policy, Instant renewalsUntil) {
        return events(jdbc, runId, policy, renewalsUntil, MAX_EVENTS);
    }

    /** @param max above it, returns all events */
    static EventIds events(JdbcClient jdbc, long runId, RolloverPolicy policy, Instant renewalsUntil, int max) {
        // Without a fetch size: a cursor would have no parallel plan.
        List<Long> ids = jdbc.sql(EVENTS)
                .param("runId", runId)
                .param("earliestWindowStart", at(policy.earliestWindowStart()))
                .param("renewalsUntil", at(renewalsUntil))
                .param("cutoff", at(policy.cutoff()))
                .param(
                        "eligible",
                        new SqlArrayValue("text", policy.eligiblePlanTypes().toArray()))
                .param("limit", max + 1)
                .query(Long.class)
                .list();
        return ids.size() > max ? EventIds.ALL : EventIds.of(ids);
    }

    private static OffsetDateTime at(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
