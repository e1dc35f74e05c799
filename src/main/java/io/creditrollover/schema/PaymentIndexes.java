package io.creditrollover.schema;

import io.creditrollover.host.HostTables;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The indexes this system adds to the host's {@code payments}, without which a run reads the whole table for each page. None
 * where payments is a view: what to create on its tables, {@code doctor} says.
 */
public final class PaymentIndexes {
    /** By name, what follows {@code create index concurrently NAME on payments}. */
    static final Map<String, String> DEFINITIONS = Map.of(
            "credit_rollover_payments_paid",
            "(user_id, created_at desc, id desc) include (plan_type, credits_added) where payment_status::text = 'paid'",
            "credit_rollover_payments_paid_at",
            "(created_at) where payment_status::text = 'paid'",
            "credit_rollover_payments_undecided",
            "(user_id, created_at desc) include (payment_status)"
                    + " where payment_status is null or payment_status::text not in ('paid', 'failed', 'refunded')");

    /** The text of an enum's value may change, so no index can hold it; one of all payments serves instead. */
    private static final Map<String, String> OF_ENUM = Map.of(
            "credit_rollover_payments_paid",
            "(user_id, created_at desc, id desc) include (plan_type, credits_added, payment_status)",
            "credit_rollover_payments_paid_at",
            "(created_at) include (payment_status)");

    /** What earlier versions built. */
    static final String OBSOLETE = "credit_rollover_payments_pending";

    private PaymentIndexes() {}

    /** Returns those that the host's table needs. */
    static Map<String, String> of(HostTables host) {
        if (host.isView("payments") || host.qualified("payments") == null) {
            return Map.of();
        }
        return host.isEnum("payments", "payment_status") ? OF_ENUM : DEFINITIONS;
    }

    /** Returns the names of those that are absent or invalid. */
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
