package io.creditrollover.webhook;

import io.creditrollover.config.WebhookType;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The events of an entry, without phone numbers. */
@Component
class EventSource implements RowSource {
    private final JdbcClient jdbc;
    private final EntryBounds bounds;

    EventSource(JdbcClient jdbc, EntryBounds bounds) {
        this.jdbc = jdbc;
        this.bounds = bounds;
    }

    /** An event as in a message; the order of its parts is that of the JSON. */
    public record Event(
            long eventId, long userId, int creditsBefore, int creditsAfter, String action, String reasonCode) {}

    @Override
    public boolean reads(WebhookType type) {
        return type == WebhookType.DECISIONS || type == WebhookType.REINSTATEMENTS;
    }

    @Override
    public String listName(WebhookType type) {
        return type == WebhookType.REINSTATEMENTS ? "reinstatements" : "events";
    }

    @Override
    public List<Row> rows(FeedEntry entry, long afterId, long lastId, int limit) {
        return events(entry, afterId, lastId, limit).stream()
                .map(event -> new Row(event.eventId(), JsonMapper.shared().writeValueAsString(event)))
                .toList();
    }

    /** Reads by the primary key: events of one run lie close together. */
    List<Event> events(FeedEntry entry, long afterId, long lastId, int limit) {
        return jdbc.sql("""
                        select id as event_id, user_id, credits_before, credits_after, action, reason_code
                        from credit_rollover_events
                        where run_id = :runId and id > :afterId and id <= :lastId
                        order by id limit :limit
                        """)
                .param("runId", entry.runId())
                .param("afterId", Math.max(afterId, bounds.afterId(entry)))
                .param("lastId", lastId)
                .param("limit", limit)
                .query(Event.class)
                .list();
    }
}
