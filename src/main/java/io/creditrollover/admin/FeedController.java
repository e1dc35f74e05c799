package io.creditrollover.admin;

import io.creditrollover.webhook.Cursor;
import io.creditrollover.webhook.EventFeed;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The events of ended runs, for programs that ask instead of receiving webhooks. */
@OnlyWhenServing
@RestController
@RequestMapping("/admin")
class FeedController {
    private static final int MAX_EVENTS = 1_000;

    private final EventFeed feed;

    FeedController(EventFeed feed) {
        this.feed = feed;
    }

    /** {@code next} is for the next request, also if there are no events yet. */
    record FeedPage(List<EventFeed.Event> events, String next) {}

    @GetMapping("/events")
    FeedPage events(
            @RequestParam(required = false) @Nullable String after, @RequestParam(defaultValue = "100") int limit) {
        if (limit < 1 || limit > MAX_EVENTS) {
            throw ApiException.badRequest("limit must be from 1 to " + MAX_EVENTS + ".");
        }
        Cursor place = after == null || after.isEmpty() ? null : cursor(after);
        EventFeed.Page page = feed.page(place, limit).orElseThrow(FeedController::unknownPlace);
        return new FeedPage(page.events(), page.next().toText());
    }

    static Cursor cursor(String text) {
        return Cursor.of(text).orElseThrow(FeedController::unknownPlace);
    }

    static ApiException unknownPlace() {
        return ApiException.badRequest("after must be the text next of an earlier answer of GET /admin/events.");
    }
}
