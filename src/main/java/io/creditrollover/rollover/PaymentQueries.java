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
 * Which rows of {@code payments} a decision uses. A page reads them as they are and a forecast adds them up in SQL, both by
 * these words, so that both read alike. Each is one pass over an index, in its order, and not a look-up for each user. They
 * need {@link #bind}. Texts are compared as {@code text}, since an operator for varchar could be anybody's.
 */
final class PaymentQueries {
    /** Whether a payment's date, compared to the database's clock as it is read, says nothing. */
    static final String UNDATABLE =
            "(created_at is null or created_at = '-infinity' or created_at > clock_timestamp())";

    /** Whether a pending payment is younger than the grace. */
    static final String YOUNG = "created_at > clock_timestamp() - :graceSeconds * interval '1 second'";

    private PaymentQueries() {}

    /**
     * The last paid payment of each user before the cut-off: user_id, id, plan_type, created_at.
     *
     * @param whose a condition on {@code payments.user_id}: the users looked at, and others as may be
     */
    static String last(String whose) {
        return """
                select distinct on (user_id) user_id, id, plan_type::text as plan_type, created_at from payments
                where %s and payment_status::text = 'paid' and created_at > '-infinity' and created_at < :cutoff
                order by user_id, created_at desc, id desc
                """.formatted(whose);
    }

    /** FROM and WHERE of the paid payments since the cut-off, and of those whose date says nothing. */
    static String since(String whose) {
        return """
                from payments
                where %s and payment_status::text = 'paid'
                  and (created_at is null or created_at = '-infinity' or created_at >= least(:cutoff, now()))
                """.formatted(whose);
    }

    /** FROM and WHERE of the payments that are neither paid nor unpaid: pending ones, and those of unknown status. */
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

    /** Binds what the words above need. */
    static JdbcClient.StatementSpec bind(JdbcClient.StatementSpec statement, RolloverPolicy policy) {
        return statement
                .param("cutoff", at(policy.cutoff()))
                .param("earliestWindowStart", at(policy.earliestWindowStart()))
                .param("graceSeconds", policy.pendingGrace().toMillis() / 1000.0)
                .param(
                        "unpaidStatuses",
                        new SqlArrayValue("text", policy.unpaidStatuses().toArray()));
    }

    private static OffsetDateTime at(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    /** Returns a date that is not infinite; null where there is none. */
    static @Nullable Instant instant(ResultSet rs, int column) throws SQLException {
        OffsetDateTime moment = rs.getObject(column, OffsetDateTime.class);
        return moment == null || moment.equals(OffsetDateTime.MIN) || moment.equals(OffsetDateTime.MAX)
                ? null
                : moment.toInstant();
    }
}
