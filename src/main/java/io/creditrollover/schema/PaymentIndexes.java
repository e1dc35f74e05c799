package io.creditrollover.schema;

import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The indexes this system adds to the host's {@code payments}, without which a run reads the whole table for each page.
 * They are built concurrently, so the host goes on writing; a build that was killed leaves an invalid index behind, which
 * is dropped and built again.
 */
final class PaymentIndexes {
    private static final Logger log = LoggerFactory.getLogger(PaymentIndexes.class);

    /** By name, what follows {@code create index concurrently NAME on payments}. */
    static final Map<String, String> DEFINITIONS = Map.of(
            "credit_rollover_payments_paid",
            "(user_id, created_at desc, id desc) include (plan_type, credits_added) where payment_status = 'paid'",
            "credit_rollover_payments_paid_at",
            "(created_at) where payment_status = 'paid'",
            "credit_rollover_payments_undecided",
            "(user_id, created_at desc) include (payment_status)"
                    + " where payment_status is null or payment_status::text not in ('paid', 'failed', 'refunded')");

    /** What earlier versions built. */
    private static final String OBSOLETE = "credit_rollover_payments_pending";

    private PaymentIndexes() {}

    /** Returns the names of those that are absent or invalid. */
    static List<String> unfit(JdbcClient jdbc) {
        List<String> valid = jdbc.sql("""
                        select c.relname from pg_index i join pg_class c on c.oid = i.indexrelid
                        where i.indrelid = 'payments'::regclass and i.indisvalid and i.indisready
                        """).query(String.class).list();
        return DEFINITIONS.keySet().stream()
                .filter(name -> !valid.contains(name))
                .sorted()
                .toList();
    }

    /** Builds those that are absent or invalid; needs a connection in auto-commit, owned by the owner of the table. */
    static void build(JdbcClient jdbc) {
        for (String name : unfit(jdbc)) {
            log.info("Building index {} on payments; the host can go on writing meanwhile.", name);
            jdbc.sql("drop index concurrently if exists " + name).update();
            jdbc.sql("create index concurrently " + name + " on payments " + DEFINITIONS.get(name))
                    .update();
        }
        jdbc.sql("drop index concurrently if exists " + OBSOLETE).update();
    }
}
