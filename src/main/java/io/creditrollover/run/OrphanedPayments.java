package io.creditrollover.run;

import io.creditrollover.decision.RolloverPolicy;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Paid payments without a user since the earliest window start; their buyers look unpaid. Ignores users with an event:
 * the host deleted them later.
 */
final class OrphanedPayments {
    private OrphanedPayments() {}

    /** Reads only, in the caller's transaction. */
    static long count(JdbcClient jdbc, RolloverPolicy policy) {
        jdbc.sql("select set_config('enable_nestloop', 'on', true)").query().singleRow();
        return jdbc.sql("""
                        with orphaned as materialized (
                            select p.user_id from payments p left join users u on u.id = p.user_id
                            where p.payment_status::text = 'paid' and p.created_at >= :earliestWindowStart
                              and u.id is null)
                        select count(*) from orphaned o
                        where not exists (select from credit_rollover_events e where e.user_id = o.user_id)
                        """)
                .param("earliestWindowStart", OffsetDateTime.ofInstant(policy.earliestWindowStart(), ZoneOffset.UTC))
                .query(Long.class)
                .single();
    }
}
