package io.creditrollover.notice;

import io.creditrollover.config.NoticeProperties;
import io.creditrollover.config.QuietHours;
import io.creditrollover.config.WebhookType;
import io.creditrollover.webhook.FeedEntry;
import io.creditrollover.webhook.RowSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * The notices of a message. Reads their facts again before each attempt: a message is repeated as it is only while each of
 * its users is still to be told. Otherwise the others are in a new message, under the same notice ids.
 */
@Component
class NoticeSource implements RowSource {
    private final HandedOver handedOver;
    private final NoticeRows rows;
    private final FreshFacts facts;
    private final NoticeClock clock;
    private final boolean enabled;
    private final @Nullable QuietHours quiet;

    NoticeSource(
            HandedOver handedOver, NoticeRows rows, FreshFacts facts, NoticeClock clock, NoticeProperties notices) {
        this.handedOver = handedOver;
        this.rows = rows;
        this.facts = facts;
        this.clock = clock;
        this.enabled = notices.enabled();
        this.quiet = notices.quietHours();
    }

    /** The order of its parts is that of the JSON. */
    record Item(
            long noticeId,
            long userId,
            String kind,
            String lead,
            int creditsBefore,
            int creditsAfter,
            String action,
            String reasonCode) {}

    @Override
    public boolean reads(WebhookType type) {
        return type == WebhookType.NOTICES;
    }

    /** In quiet hours. What an endpoint has not got by then comes after them, if it is still true. */
    @Override
    public boolean waits(WebhookType type) {
        return quiet != null && quiet.contains(clock.timeOfDay());
    }

    @Override
    public String listName(WebhookType type) {
        return "notices";
    }

    @Override
    public List<Row> rows(FeedEntry entry, long afterId, long lastId, int limit) {
        List<HandedOver.Row> found = of(entry, afterId, lastId, limit);
        Map<Long, String> actions = actions(found);
        List<PlannedNotice> all = found.stream().map(HandedOver.Row::notice).toList();
        handedOver.withdraw(all.stream()
                .map(PlannedNotice::id)
                .filter(id -> !actions.containsKey(id))
                .toList());
        return all.stream()
                .filter(notice -> actions.containsKey(notice.id()))
                .map(notice -> new Row(notice.id(), json(notice, String.valueOf(actions.get(notice.id())))))
                .toList();
    }

    @Override
    public boolean isCurrent(FeedEntry entry, long afterId, long lastId) {
        if (waits(entry.type())) {
            return false;
        }
        List<HandedOver.Row> found = of(entry, afterId, lastId, Integer.MAX_VALUE);
        return !found.isEmpty() && actions(found).size() == found.size();
    }

    @Override
    public void accepted(FeedEntry entry, long afterId, long lastId) {
        handedOver.accepted(entry.positionOfRows(), afterId(entry, afterId), lastId);
    }

    private List<HandedOver.Row> of(FeedEntry entry, long afterId, long lastId, int limit) {
        return handedOver.of(entry.positionOfRows(), afterId(entry, afterId), lastId, limit);
    }

    private static long afterId(FeedEntry entry, long afterId) {
        return Math.max(afterId, Objects.requireNonNull(entry.afterId()));
    }

    /** Returns the action of each notice that is still to be told, by notice id. Closes the others. */
    private Map<Long, String> actions(List<HandedOver.Row> found) {
        if (found.isEmpty() || !enabled) {
            return Map.of();
        }
        FreshFacts.Checked checked = facts.check(
                found.stream()
                        .filter(HandedOver.Row::isOpen)
                        .map(HandedOver.Row::notice)
                        .toList(),
                clock.nextRollover());
        rows.close(checked.closed());
        Map<Long, String> actions = new HashMap<>();
        checked.toSend().forEach(notice -> actions.put(notice.id(), notice.action()));
        return actions;
    }

    /** An expected action follows from the recorded reason: a decision may have changed since, but not to no loss. */
    private static String json(PlannedNotice notice, String action) {
        String expected = notice.reasonCode().equals("CAPPED") ? "rollover" : "expiry";
        return JsonMapper.shared()
                .writeValueAsString(new Item(
                        notice.id(),
                        notice.userId(),
                        notice.kind().code(),
                        notice.lead(),
                        notice.creditsBefore(),
                        notice.creditsAfter(),
                        notice.kind() == NoticeKind.EXPIRING ? expected : action,
                        notice.reasonCode()));
    }
}
