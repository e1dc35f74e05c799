package io.creditrollover.webhook;

import io.creditrollover.config.WebhookType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Makes the messages of an endpoint from the feed. The same range gives the same bytes. */
@Component
class Messages {
    static final int MAX_BYTES = 20_000;

    /** More than fit: the shortest row has about 90 bytes. */
    private static final int PAGE = 250;

    private final Feed feed;
    private final List<RowSource> sources;

    Messages(Feed feed, List<RowSource> sources) {
        this.feed = feed;
        this.sources = sources;
    }

    /** Returns the first message after the cursor that need not wait, with a new id. */
    Optional<Message> next(Endpoint endpoint, Cursor cursor) {
        Set<WebhookType> waiting = waiting(endpoint);
        Set<WebhookType> types = endpoint.types().stream()
                .filter(type -> !waiting.contains(type))
                .collect(Collectors.toSet());
        Cursor place = cursor;
        while (true) {
            Optional<FeedEntry> found = feed.next(place, types, endpoint.name());
            if (found.isEmpty()) {
                return Optional.empty();
            }
            FeedEntry entry = found.get();
            String id = "msg_" + UUID.randomUUID().toString().replace("-", "");
            if (entry.lastId() == null) {
                return Optional.of(new Message(id, entry, 0, 0, single(endpoint, entry), waiting));
            }
            long afterId = place.position() == entry.position() ? place.id() : Long.MIN_VALUE;
            List<RowSource.Row> rows = fitting(entry, source(entry).rows(entry, afterId, entry.lastId(), PAGE));
            if (!rows.isEmpty()) {
                long lastId = rows.get(rows.size() - 1).id();
                return Optional.of(new Message(id, entry, afterId, lastId, batch(entry, rows), waiting));
            }
            place = Cursor.behind(entry.position());
        }
    }

    /** Returns a stored message again; empty if its entry is missing, as after a restored backup, or its rows have changed. */
    Optional<Message> again(Endpoint endpoint, EndpointState.Stored stored) {
        return feed.find(stored.position())
                .filter(entry -> isCurrent(entry, stored))
                .map(entry -> {
                    String body = entry.lastId() == null
                            ? single(endpoint, entry)
                            : batch(entry, source(entry).rows(entry, stored.afterId(), stored.lastId(), PAGE));
                    return new Message(stored.id(), entry, stored.afterId(), stored.lastId(), body, Set.of());
                });
    }

    private boolean isCurrent(FeedEntry entry, EndpointState.Stored stored) {
        return entry.lastId() == null || source(entry).isCurrent(entry, stored.afterId(), stored.lastId());
    }

    /** Types that the endpoint receives, but not now. */
    private Set<WebhookType> waiting(Endpoint endpoint) {
        return endpoint.types().stream()
                .filter(type -> sources.stream().anyMatch(source -> source.reads(type) && source.waits(type)))
                .collect(Collectors.toSet());
    }

    /** Keeps for later what the message overtakes. Begins the transaction that stores it: takes the feed's lock. */
    void postpone(Endpoint endpoint, Cursor cursor, Message next) {
        if (!next.overtaken().isEmpty()) {
            feed.lock();
            next.overtaken()
                    .forEach(type -> feed.postpone(
                            type, endpoint.name(), cursor, next.entry().position()));
        }
    }

    /** In the transaction that moves the cursor. */
    void accepted(Message message) {
        if (message.entry().lastId() != null) {
            source(message.entry()).accepted(message.entry(), message.afterId(), message.lastId());
        }
    }

    private RowSource source(FeedEntry entry) {
        return sources.stream()
                .filter(source -> source.reads(entry.type()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no rows of " + entry.type()));
    }

    private List<RowSource.Row> fitting(FeedEntry entry, List<RowSource.Row> rows) {
        List<RowSource.Row> fitting = new ArrayList<>();
        int bytes = batch(entry, List.of()).length();
        for (RowSource.Row row : rows) {
            bytes += row.json().getBytes(StandardCharsets.UTF_8).length + 1;
            if (bytes > MAX_BYTES && !fitting.isEmpty()) {
                break;
            }
            fitting.add(row);
        }
        return fitting;
    }

    private String batch(FeedEntry entry, List<RowSource.Row> rows) {
        StringBuilder data = new StringBuilder("{");
        if (entry.executionId() != null) {
            data.append("\"executionId\":").append(entry.executionId()).append(',');
        }
        data.append("\"rolloverDate\":\"").append(entry.rolloverDate()).append("\",\"");
        data.append(source(entry).listName(entry.type())).append("\":[");
        for (int i = 0; i < rows.size(); i++) {
            data.append(i == 0 ? "" : ",").append(rows.get(i).json());
        }
        return whole(entry, data.append("]}").toString());
    }

    private static String single(Endpoint endpoint, FeedEntry entry) {
        return endpoint.isChat()
                ? JsonMapper.shared().writeValueAsString(Map.of("text", ChatText.of(entry)))
                : whole(entry, Objects.requireNonNull(entry.details()));
    }

    private static String whole(FeedEntry entry, String data) {
        return "{\"type\":\"" + entry.type().code() + "\",\"timestamp\":\"" + entry.createdAt() + "\",\"data\":" + data
                + "}";
    }
}
