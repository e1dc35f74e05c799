package io.creditrollover.webhook;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Shows endpoints, replays to them, and switches them on. */
@Component
public class WebhookOperations {
    private final Endpoints endpoints;
    private final EndpointTable table;
    private final Feed feed;

    WebhookOperations(Endpoints endpoints, EndpointTable table, Feed feed) {
        this.endpoints = endpoints;
        this.table = table;
        this.feed = feed;
    }

    /**
     * An endpoint for people. Its URL is not shown: it can contain a secret.
     *
     * @param attempts failed attempts at the present message
     */
    public record State(
            String name,
            List<String> types,
            boolean switchedOff,
            int attempts,
            @Nullable String lastError,
            @Nullable Instant nextAttemptAt,
            @Nullable Instant lastSuccessAt) {}

    public List<State> all() {
        table.register();
        return endpoints.all().stream()
                .flatMap(endpoint -> table.find(endpoint.name()).map(state -> state(endpoint, state)).stream())
                .toList();
    }

    private static State state(Endpoint endpoint, EndpointState state) {
        return new State(
                endpoint.name(),
                endpoint.types().stream().map(type -> type.code()).toList(),
                state.switchedOffAt() != null,
                state.attempts(),
                state.lastError(),
                state.nextAttemptAt(),
                state.lastSuccessAt());
    }

    public boolean exists(String name) {
        return endpoints.all().stream().anyMatch(endpoint -> endpoint.name().equals(name));
    }

    /** Returns the place before everything of a date; empty if no run of it has ended. */
    public Optional<Cursor> before(LocalDate date) {
        return feed.before(date);
    }

    /** Returns whether the place is in this feed. */
    public boolean contains(Cursor cursor) {
        return cursor.position() <= feed.end().position();
    }

    /** Sends everything after the place again, with new ids. In the caller's transaction. */
    public boolean replay(String name, Cursor cursor) {
        table.register();
        return table.replay(name, cursor);
    }

    /** Lets an attempt be due at once. In the caller's transaction. */
    public boolean switchOn(String name) {
        return table.switchOn(name);
    }
}
