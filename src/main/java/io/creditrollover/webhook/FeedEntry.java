package io.creditrollover.webhook;

import io.creditrollover.config.WebhookType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * An entry of the feed. It never changes.
 *
 * @param runId null for a type without a run
 * @param details the data of a message without rows, as JSON; of a postponed entry, a {@link Postponed}; else null
 * @param afterId its rows have greater ids; null until they are read for the first time
 * @param lastId the greatest id of its rows; null without rows
 */
public record FeedEntry(
        long position,
        WebhookType type,
        @Nullable Long runId,
        @Nullable Long executionId,
        LocalDate rolloverDate,
        @Nullable String details,
        @Nullable Long afterId,
        @Nullable Long lastId,
        Instant createdAt) {

    /**
     * The details of an entry that repeats another one for an endpoint that has not got it.
     *
     * @param position of the other entry
     */
    record Postponed(String endpoint, long position) {}

    /** Returns the position of the entry to which its rows were added. */
    public long positionOfRows() {
        return lastId == null || details == null
                ? position
                : JsonMapper.shared().readValue(details, Postponed.class).position();
    }

    static FeedEntry read(ResultSet rs, int row) throws SQLException {
        return new FeedEntry(
                rs.getLong("position"),
                WebhookType.of(rs.getString("type")).orElseThrow(),
                rs.getObject("run_id", Long.class),
                rs.getObject("execution_id", Long.class),
                rs.getObject("rollover_date", LocalDate.class),
                rs.getString("details"),
                rs.getObject("after_id", Long.class),
                rs.getObject("last_id", Long.class),
                rs.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
