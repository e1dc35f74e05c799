package io.creditrollover.notice;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code credit_rollover_notices} to deliver, as planned. */
record PlannedNotice(
        long id,
        UUID messageId,
        long userId,
        LocalDate rolloverDate,
        NoticeKind kind,
        String lead,
        int creditsBefore,
        int creditsAfter,
        String reasonCode,
        @Nullable Long eventId) {
    static PlannedNotice of(ResultSet rs, int row) throws SQLException {
        return new PlannedNotice(
                rs.getLong("id"),
                rs.getObject("message_id", UUID.class),
                rs.getLong("user_id"),
                rs.getObject("rollover_date", LocalDate.class),
                NoticeKind.of(rs.getString("kind")),
                rs.getString("lead"),
                rs.getInt("credits_before"),
                rs.getInt("credits_after"),
                rs.getString("reason_code"),
                rs.getObject("event_id", Long.class));
    }
}
