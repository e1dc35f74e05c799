package io.creditrollover.notice;

import io.creditrollover.config.WebhookType;
import io.creditrollover.lease.StopSignal;
import io.creditrollover.webhook.Feed;
import io.creditrollover.webhook.UrgentDelivery;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Signed messages for a host that tells its users itself. A batch becomes an entry of the feed, in one transaction; the
 * endpoints' cursors do the rest. Told is who was in a message that an endpoint accepted.
 */
@Component
@Order(2)
class WebhookChannel implements NoticeChannel {
    static final String NAME = "webhook";

    /** Fits into one message. */
    private static final int BATCH = 100;

    private static final int PER_SECOND = 100_000;

    private final HandedOver handedOver;
    private final Feed feed;
    private final UrgentDelivery delivery;
    private final TransactionTemplate transaction;

    WebhookChannel(HandedOver handedOver, Feed feed, UrgentDelivery delivery, TransactionTemplate transaction) {
        this.handedOver = handedOver;
        this.feed = feed;
        this.delivery = delivery;
        this.transaction = transaction;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean isConfigured() {
        return delivery.isWanted(WebhookType.NOTICES);
    }

    /** The settings of webhooks are checked at the start. */
    @Override
    public void requireReady() {}

    @Override
    public int batchSize() {
        return BATCH;
    }

    @Override
    public int perSecond() {
        return PER_SECOND;
    }

    @Override
    public List<SendResult> send(List<Notice> notices, StopSignal signal) {
        transaction.executeWithoutResult(status -> handOver(notices));
        try {
            return results(notices, delivery.deliver(WebhookType.NOTICES, signal));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return results(notices, new UrgentDelivery.Result(List.of("interrupted"), false));
        }
    }

    /** Notices that an entry has already stay in it: a repetition must have the same content. */
    private void handOver(List<Notice> notices) {
        delivery.begin();
        List<Long> ids = notices.stream().map(Notice::id).toList();
        handedOver.withdrawPassed(ids, delivery.earliest(WebhookType.NOTICES));
        Set<Long> open = Set.copyOf(handedOver.withoutEntry(ids));
        Map<LocalDate, List<Notice>> byDate = notices.stream()
                .filter(notice -> open.contains(notice.id()))
                .collect(Collectors.groupingBy(Notice::rolloverDate, TreeMap::new, Collectors.toList()));
        byDate.forEach((date, same) -> {
            long first = same.stream().mapToLong(Notice::id).min().orElseThrow();
            long last = same.stream().mapToLong(Notice::id).max().orElseThrow();
            handedOver.add(feed.append(WebhookType.NOTICES, null, date, null, first - 1, last), same);
        });
    }

    /** Leaves out who is no longer to be told, or waits for the next call. */
    private List<SendResult> results(List<Notice> notices, UrgentDelivery.Result delivered) {
        Map<Long, String> states =
                handedOver.states(notices.stream().map(Notice::id).toList());
        String reason = String.join(" ", delivered.failures());
        SendResult.Outcome failed = delivered.switchedOff() ? SendResult.Outcome.OFF : SendResult.Outcome.AWAY;
        List<SendResult> results = new ArrayList<>();
        states.forEach((id, state) -> {
            if (state.equals("sent")) {
                results.add(SendResult.accepted(id, null));
            } else if (state.equals("handed-over")) {
                results.add(new SendResult(id, failed, null, reason));
            }
        });
        return results;
    }
}
