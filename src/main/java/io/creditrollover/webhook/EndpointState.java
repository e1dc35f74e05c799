package io.creditrollover.webhook;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * The stored state of an endpoint.
 *
 * @param cursor what it accepted
 * @param stored the message that is being sent; null between messages
 * @param attempts failed attempts at that message
 * @param mayTry whether an attempt is due: no claim, no waiting time, not switched off
 * @param readAt by the database's clock
 */
record EndpointState(
        String name,
        Cursor cursor,
        @Nullable Stored stored,
        int attempts,
        @Nullable Instant nextAttemptAt,
        @Nullable String lastError,
        @Nullable Instant lastSuccessAt,
        @Nullable Instant switchedOffAt,
        boolean mayTry,
        Instant readAt) {

    /** The id and range of a message; enough to build it again. */
    record Stored(String id, long position, long afterId, long lastId) {}

    /** Returns what is wrong, for people. */
    String sentence() {
        if (lastError == null) {
            return "The webhook " + name + " has not accepted all messages yet.";
        }
        return "The webhook " + name + " did not accept a message: " + lastError
                + (switchedOffAt != null ? ". It is switched off." : ". The next attempt is at " + nextAttemptAt + ".");
    }

    static EndpointState read(ResultSet rs, int row) throws SQLException {
        String messageId = rs.getString("message_id");
        return new EndpointState(
                rs.getString("name"),
                new Cursor(rs.getLong("position"), rs.getLong("event_id")),
                messageId == null
                        ? null
                        : new Stored(
                                messageId,
                                rs.getLong("message_position"),
                                rs.getLong("message_after_id"),
                                rs.getLong("message_last_id")),
                rs.getInt("attempts"),
                instant(rs, "next_attempt_at"),
                rs.getString("last_error"),
                instant(rs, "last_success_at"),
                instant(rs, "switched_off_at"),
                rs.getBoolean("may_try"),
                rs.getObject("read_at", OffsetDateTime.class).toInstant());
    }

    private static @Nullable Instant instant(ResultSet rs, String column) throws SQLException {
        OffsetDateTime moment = rs.getObject(column, OffsetDateTime.class);
        return moment == null ? null : moment.toInstant();
    }
}
