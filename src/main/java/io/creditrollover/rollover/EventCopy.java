package io.creditrollover.rollover;

import io.creditrollover.decision.PaidPayment;
import io.creditrollover.decision.RolloverDecision;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.springframework.dao.IncorrectUpdateSemanticsDataAccessException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Appends events by COPY, in the current transaction: the widest rows a run writes, and one for each user. An INSERT
 * over arrays makes the server take them apart again, which costs it a good part of what the rows themselves cost.
 */
final class EventCopy {
    private static final String COPY = """
            copy credit_rollover_events
                (user_id, phone_number, rollover_date, credits_before, credits_after, action, eligible_plan_type, reason,
                 run_id, reason_code, payment_id, paid_at, credits_protected)
            from stdin
            """;
    private static final Instant COMMON_ERA = Instant.parse("0001-01-01T00:00:00Z");
    private static final DateTimeFormatter BEFORE_COMMON_ERA = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd HH:mm:ss.SSSSSS'+00 BC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final int USUAL_ROW_CHARS = 256;

    private final JdbcOperations jdbc;
    private final RolloverOrder order;

    EventCopy(JdbcOperations jdbc, RolloverOrder order) {
        this.jdbc = jdbc;
        this.order = order;
    }

    /** Appends one event for each user, all of whom have a decision. */
    void append(List<Decided> users) {
        CopyRows rows = new CopyRows(users.size() * USUAL_ROW_CHARS);
        for (Decided user : users) {
            row(rows, user.phoneNumber(), (RolloverDecision) user.verdict());
        }
        Long appended = jdbc.execute((ConnectionCallback<Long>) connection -> copy(connection, rows));
        if (appended == null || appended != users.size()) {
            throw new IncorrectUpdateSemanticsDataAccessException("Run " + order.runId() + " appended " + appended
                    + " events where it decided " + users.size() + "; the chunk is rolled back.");
        }
    }

    private void row(CopyRows rows, String phoneNumber, RolloverDecision decision) {
        PaidPayment evidence = decision.evidence();
        rows.number(decision.userId())
                .text(phoneNumber)
                .plain(order.policy().date())
                .number(decision.creditsBefore())
                .number(decision.creditsAfter())
                .plain(decision.action().code())
                .text(decision.eligiblePlanType())
                .text(decision.reason())
                .number(order.runId())
                .plain(decision.reasonCode().name())
                .plain(evidence == null ? null : evidence.id())
                .plain(evidence == null ? null : paidAt(evidence.paidAt()))
                .number(decision.creditsProtected())
                .end();
    }

    /** As PostgreSQL reads it; years before the common era have no minus sign there. */
    private static Object paidAt(Instant moment) {
        return moment.isBefore(COMMON_ERA) ? BEFORE_COMMON_ERA.format(moment) : moment;
    }

    private static long copy(Connection connection, CopyRows rows) throws SQLException {
        try {
            return connection.unwrap(PGConnection.class).getCopyAPI().copyIn(COPY, rows.toStream());
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
    }

    /** Rows in the text format of COPY. */
    private static final class CopyRows {
        private final StringBuilder text;
        private boolean rowBegun;

        CopyRows(int capacity) {
            this.text = new StringBuilder(capacity);
        }

        CopyRows number(long value) {
            column().append(value);
            return this;
        }

        /** A value whose text holds nothing to escape; null for NULL. */
        CopyRows plain(@Nullable Object value) {
            column().append(value == null ? "\\N" : value);
            return this;
        }

        CopyRows text(@Nullable String value) {
            if (value == null) {
                return plain(null);
            }
            column();
            for (int i = 0; i < value.length(); i++) {
                escaped(value.charAt(i));
            }
            return this;
        }

        private void escaped(char c) {
            switch (c) {
                case '\\' -> text.append("\\\\");
                case '\t' -> text.append("\\t");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                default -> text.append(c);
            }
        }

        void end() {
            text.append('\n');
            rowBegun = false;
        }

        private StringBuilder column() {
            if (rowBegun) {
                text.append('\t');
            }
            rowBegun = true;
            return text;
        }

        ByteArrayInputStream toStream() {
            return new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8));
        }
    }
}
