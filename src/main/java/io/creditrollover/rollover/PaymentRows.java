package io.creditrollover.rollover;

import io.creditrollover.decision.RolloverPolicy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Which rows of {@code payments} a decision uses. A page reads them as they are and a forecast adds them up in SQL, both by
 * these words, so that both read alike. Each is one pass over an index, in its order, and not a look-up for each user. They
 * need {@code :cutoff} and {@code :graceSeconds}.
 */
final class PaymentRows {
    /** Whether a payment's date, compared to the database's clock as it is read, says nothing. */
    static final String UNDATABLE = "(created_at is null or created_at > clock_timestamp())";

    private static final Instant EARLIEST = Instant.parse("-4712-01-01T00:00:00Z");

    private PaymentRows() {}

    /**
     * The last paid payment of each user before the cut-off: user_id, id, plan_type, created_at.
     *
     * @param whose a condition on {@code payments.user_id}: the users looked at, and others as may be
     */
    static String last(String whose) {
        return """
                select distinct on (user_id) user_id, id, plan_type, created_at from payments
                where %s and payment_status = 'paid' and created_at < :cutoff
                order by user_id, created_at desc, id desc
                """.formatted(whose);
    }

    /** FROM and WHERE of the paid payments since the cut-off, and of those whose date says nothing. */
    static String since(String whose) {
        return """
                from payments
                where %s and payment_status = 'paid' and (created_at is null or created_at >= least(:cutoff, now()))
                """.formatted(whose);
    }

    /** FROM and WHERE of the pending payments that may still turn paid. */
    static String underWay(String whose) {
        return """
                from payments
                where %s and payment_status = 'pending'
                  and (created_at is null or created_at > clock_timestamp() - :graceSeconds * interval '1 second')
                """.formatted(whose);
    }

    /** Binds what the words above need. */
    static JdbcClient.StatementSpec bind(JdbcClient.StatementSpec statement, RolloverPolicy policy) {
        return statement
                .param("cutoff", OffsetDateTime.ofInstant(policy.cutoff(), ZoneOffset.UTC))
                .param("graceSeconds", policy.pendingGrace().toMillis() / 1000.0);
    }

    /** Returns a date; '-infinity', which has no place in a calendar, becomes the earliest that PostgreSQL can tell. */
    static @Nullable Instant instant(ResultSet rs, int column) throws SQLException {
        OffsetDateTime moment = rs.getObject(column, OffsetDateTime.class);
        if (moment == null) {
            return null;
        }
        return moment.equals(OffsetDateTime.MIN) ? EARLIEST : moment.toInstant();
    }
}
