package io.creditrollover.rollover;

import io.creditrollover.decision.PaidPayment;
import io.creditrollover.decision.RolloverDecision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.springframework.dao.IncorrectUpdateSemanticsDataAccessException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Appends events by COPY in the current transaction. The server would have to unpack an INSERT's arrays, at much of the
 * cost of the rows.
 */
final class EventCopyWriter {
    private static final String COPY = """
            copy credit_rollover_events
                (user_id, phone_number, rollover_date, credits_before, credits_after, action, eligible_plan_type, reason,
                 run_id, reason_code, payment_id, paid_at, credits_protected)
            from stdin (format binary)
            """;
    private static final int COLUMNS = 13;
    private static final int USUAL_ROW_BYTES = 256;

    private final JdbcOperations jdbc;
    private final RunContext order;

    EventCopyWriter(JdbcOperations jdbc, RunContext order) {
        this.jdbc = jdbc;
        this.order = order;
    }

    /** Requires a decision for each user. */
    void append(List<DecidedUser> users) {
        PgBinaryCopyBuffer rows = new PgBinaryCopyBuffer(COLUMNS, users.size() * USUAL_ROW_BYTES);
        for (DecidedUser user : users) {
            row(rows, user.phoneNumber(), (RolloverDecision) user.verdict());
        }
        Long appended = jdbc.execute((ConnectionCallback<Long>) connection -> copy(connection, rows));
        if (appended == null || appended != users.size()) {
            throw new IncorrectUpdateSemanticsDataAccessException("Run " + order.runId() + " appended " + appended
                    + " events but decided " + users.size() + " users. The chunk is rolled back.");
        }
    }

    private void row(PgBinaryCopyBuffer rows, @Nullable String phoneNumber, RolloverDecision decision) {
        PaidPayment evidence = decision.evidence();
        rows.begin()
                .int8(decision.userId())
                .text(phoneNumber)
                .date(order.policy().date())
                .int4(decision.creditsBefore())
                .int4(decision.creditsAfter())
                .text(decision.action().code())
                .text(decision.eligiblePlanType())
                .text(decision.reason())
                .int8(order.runId())
                .text(decision.reasonCode().name())
                .int8(evidence == null ? null : evidence.id())
                .timestamptz(evidence == null ? null : evidence.paidAt())
                .int4(decision.creditsProtected());
    }

    private static long copy(Connection connection, PgBinaryCopyBuffer rows) throws SQLException {
        try {
            return connection.unwrap(PGConnection.class).getCopyAPI().copyIn(COPY, rows.toStream());
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
    }
}
