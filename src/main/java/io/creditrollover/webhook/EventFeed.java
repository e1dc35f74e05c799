package io.creditrollover.webhook;

import io.creditrollover.config.WebhookType;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The events of ended runs in the order of the webhooks, for programs that ask instead of listening. */
@Component
public class EventFeed {
    private static final Set<WebhookType> WITH_EVENTS = EnumSet.of(WebhookType.DECISIONS, WebhookType.REINSTATEMENTS);

    private final Feed feed;
    private final EventSource events;

    EventFeed(Feed feed, EventSource events) {
        this.feed = feed;
        this.events = events;
    }

    /** An event with its run. */
    public record Event(
            long eventId,
            long userId,
            int creditsBefore,
            int creditsAfter,
            String action,
            String reasonCode,
            LocalDate rolloverDate,
            @Nullable Long executionId) {}

    /** Events, and the cursor after the last one. */
    public record Page(List<Event> events, Cursor next) {}

    /**
     * Reads the events after a place; from the beginning without one.
     *
     * @return empty if the place is beyond the end: it is of another database
     */
    public Optional<Page> page(@Nullable Cursor after, int limit) {
        Cursor place = Objects.requireNonNullElse(after, Cursor.START);
        if (place.position() > feed.end().position()) {
            return Optional.empty();
        }
        List<Event> found = new ArrayList<>();
        while (found.size() < limit) {
            Optional<FeedEntry> next = feed.next(place, WITH_EVENTS, "");
            if (next.isEmpty()) {
                break;
            }
            FeedEntry entry = next.get();
            int wanted = limit - found.size();
            long afterId = place.position() == entry.position() ? place.id() : Long.MIN_VALUE;
            List<EventSource.Event> read =
                    events.events(entry, afterId, Objects.requireNonNull(entry.lastId()), wanted);
            read.forEach(event -> found.add(event(entry, event)));
            place = read.size() < wanted
                    ? Cursor.behind(entry.position())
                    : new Cursor(entry.position(), read.get(wanted - 1).eventId());
        }
        return Optional.of(new Page(found, place));
    }

    private static Event event(FeedEntry entry, EventSource.Event event) {
        return new Event(
                event.eventId(),
                event.userId(),
                event.creditsBefore(),
                event.creditsAfter(),
                event.action(),
                event.reasonCode(),
                entry.rolloverDate(),
                entry.executionId());
    }
}
