package io.creditrollover.rollover;

import io.creditrollover.decision.RolloverPolicy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;

/**
 * SQL for payments, shared by page reads and forecasts so that both agree. Each query is one pass over an index. All
 * need {@link #bind}. Compares as {@code text}: a varchar operator could be user-defined.
 */
final class PaymentQueries {
    /** Uses the database's clock at the time of reading. */
    static final String UNDATABLE =
            "(created_at is null or created_at = '-infinity' or created_at > clock_timestamp())";

    static final String YOUNG = "created_at > clock_timestamp() - :graceSeconds * interval '1 second'";

    /** FROM and WHERE: notices in time; only for a policy that requires them. */
    static final String WARNED = """
            credit_rollover_notices
            where rollover_date = :rolloverDate and kind = 'expiring' and accepted_at <= :warnBy""";

    private PaymentQueries() {}

    /** Selects each user's last paid payment before the cut-off. {@code whose} may match other users. */
    static String last(String whose) {
        return """
                select distinct on (user_id) user_id, id, plan_type::text as plan_type, created_at from payments
                where %s and payment_status::text = 'paid' and created_at > '-infinity' and created_at < :cutoff
                order by user_id, created_at desc, id desc
                """.formatted(whose);
    }

    /** FROM and WHERE: paid since the cut-off or without usable date. */
    static String since(String whose) {
        return """
                from payments
                where %s and payment_status::text = 'paid'
                  and (created_at is null or created_at = '-infinity' or created_at >= least(:cutoff, now()))
                """.formatted(whose);
    }

    /** FROM and WHERE: pending or of unknown status. */
    static String undecided(String whose) {
        return """
                from payments
                where %s
                  and (payment_status is null or payment_status::text not in ('paid', 'failed', 'refunded'))
                  and (payment_status is null or payment_status::text <> all (:unpaidStatuses::text[]))
                  and (created_at is null or created_at = '-infinity'
                       or created_at >= case when payment_status::text = 'pending'
                                             then least(:cutoff, clock_timestamp() - :graceSeconds * interval '1 second')
                                             else :earliestWindowStart end)
                """.formatted(whose);
    }

    static JdbcClient.StatementSpec bind(JdbcClient.StatementSpec statement, RolloverPolicy policy) {
        return statement
                .param("cutoff", at(policy.cutoff()))
                .param("rolloverDate", policy.date())
                .param("warnBy", policy.warnBy() == null ? null : at(policy.warnBy()))
                .param("earliestWindowStart", at(policy.earliestWindowStart()))
                .param("graceSeconds", policy.pendingGrace().toMillis() / 1000.0)
                .param(
                        "unpaidStatuses",
                        new SqlArrayValue("text", policy.unpaidStatuses().toArray()));
    }

    private static OffsetDateTime at(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    /** Returns null for a missing or infinite date. */
    static @Nullable Instant instant(ResultSet rs, int column) throws SQLException {
        OffsetDateTime moment = rs.getObject(column, OffsetDateTime.class);
        return moment == null || moment.equals(OffsetDateTime.MIN) || moment.equals(OffsetDateTime.MAX)
                ? null
                : moment.toInstant();
    }
}
