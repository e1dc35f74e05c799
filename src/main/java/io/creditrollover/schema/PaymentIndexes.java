package io.creditrollover.schema;

import io.creditrollover.host.HostTables;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The product's indexes on {@code payments}. Without them each chunk reads the whole table. For a view {@code doctor}
 * suggests indexes instead.
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
                    + " where payment_status is null or payment_status::text not in ('paid', 'failed', 'refunded')",
            // For the pages of users; no run reads it.
            "credit_rollover_payments_unpaid",
            "(user_id, created_at desc) where payment_status::text in ('failed', 'refunded')");

    /** No index can contain an enum's text, because it may change. These cover all payments instead. */
    private static final Map<String, String> OF_ENUM = Map.of(
            "credit_rollover_payments_paid",
            "(user_id, created_at desc, id desc) include (plan_type, credits_added, payment_status)",
            "credit_rollover_payments_paid_at",
            "(created_at) include (payment_status)");

    static final String OBSOLETE = "credit_rollover_payments_pending";

    private PaymentIndexes() {}

    static Map<String, String> of(HostTables host) {
        if (host.isView("payments") || host.qualified("payments") == null) {
            return Map.of();
        }
        return host.isEnum("payments", "payment_status") ? OF_ENUM : DEFINITIONS;
    }

    /** Returns absent or invalid indexes. */
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
