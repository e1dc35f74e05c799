package io.creditrollover.run;

import io.creditrollover.decision.RolloverPolicy;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Paid payments since the earliest window start that belong to no user, so that their buyers would look as if they had not
 * paid. Those of a user with an event are left out: the host has deleted the user since.
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
