package io.creditrollover.schema;

import io.creditrollover.host.HostTables;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The product's indexes on {@code payments}. Without them each chunk reads the whole table. If payments is a view there
 * are none; {@code doctor} suggests indexes for its tables.
 */
public final class PaymentIndexes {
    /** By name, the SQL after {@code create index concurrently NAME on payments}. */
    static final Map<String, String> DEFINITIONS = Map.of(
            "credit_rollover_payments_paid",
            "(user_id, created_at desc, id desc) include (plan_type, credits_added) where payment_status::text = 'paid'",
            "credit_rollover_payments_paid_at",
            "(created_at) where payment_status::text = 'paid'",
            "credit_rollover_payments_undecided",
            "(user_id, created_at desc) include (payment_status)"
                    + " where payment_status is null or payment_status::text not in ('paid', 'failed', 'refunded')");

    /** An index cannot contain the text of an enum, because it may change. These cover all payments instead. */
    private static final Map<String, String> OF_ENUM = Map.of(
            "credit_rollover_payments_paid",
            "(user_id, created_at desc, id desc) include (plan_type, credits_added, payment_status)",
            "credit_rollover_payments_paid_at",
            "(created_at) include (payment_status)");

    /** The index of earlier versions. */
    static final String OBSOLETE = "credit_rollover_payments_pending";

    private PaymentIndexes() {}

    /** Returns the indexes for the host's table; empty for a view. */
    static Map<String, String> of(HostTables host) {
        if (host.isView("payments") || host.qualified("payments") == null) {
            return Map.of();
        }
        return host.isEnum("payments", "payment_status") ? OF_ENUM : DEFINITIONS;
    }

    /** Returns the names of absent or invalid indexes. */
    static List<String> unfit(JdbcClient jdbc, HostTables host) {
        Map<String, String> needed = of(host);
        if (needed.isEmpty()) {
            return List.of();
        }
        List<String> valid = jdbc.sql("""
                        select c.relname::text from pg_index i join pg_class c on c.oid = i.indexrelid
                        where i.indrelid = to_regclass(:payments::text) and i.indisvalid and i.indisready
                        """)
                .param("payments", host.qualified("payments"))
                .query(String.class)
                .list();
        return needed.keySet().stream()
                .filter(name -> !valid.contains(name))
                .sorted()
                .toList();
    }
}
