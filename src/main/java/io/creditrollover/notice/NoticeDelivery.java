package io.creditrollover.notice;

import io.creditrollover.config.NoticeProperties;
import io.creditrollover.config.QuietHours;
import io.creditrollover.lease.StopSignal;
import io.creditrollover.notice.SendResult.Outcome;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Delivers planned notices: reads the facts of a batch again, sends it, records the results. Tries failed ones again at
 * once, a few times. One process at a time, by the lease of {@link NoticeService}.
 */
@Component
class NoticeDelivery {
    private static final List<Duration> PAUSES = List.of(Duration.ofMillis(500), Duration.ofMillis(1500));

    private final NoticeRows rows;
    private final FreshFacts facts;
    private final NoticeClock clock;
    private final @Nullable QuietHours quiet;

    NoticeDelivery(NoticeRows rows, FreshFacts facts, NoticeClock clock, NoticeProperties notices) {
        this.rows = rows;
        this.facts = facts;
        this.clock = clock;
        this.quiet = notices.quietHours();
    }

    /**
     * @param failed still planned after all tries, or left by a stop
     * @param waiting still planned without a failure
     */
    record Rest(long failed, long waiting) {}

    boolean isQuiet() {
        return quiet != null && quiet.contains(clock.timeOfDay());
    }

    /** Delivers what is planned for the channel, of one date or all for null. */
    Rest deliver(NoticeChannel channel, @Nullable LocalDate date, DeliveryTotals totals, StopSignal signal)
            throws InterruptedException {
        facts.refresh();
        Pass last = pass(channel, date, totals, signal);
        for (Duration pause : PAUSES) {
            if (last.failed() == 0 || isQuiet() || signal.pause(pause)) {
                break;
            }
            last = pass(channel, date, totals, signal);
        }
        long left = rows.countPlanned(channel.name(), date);
        boolean unfinished = last.away() || signal.isRequested();
        long failed = unfinished ? left : Math.min(left, last.failed());
        return new Rest(failed, left - failed);
    }

    /** @param away whether the pass ended early: the server fails for all */
    private record Pass(long failed, boolean away) {}

    private Pass pass(NoticeChannel channel, @Nullable LocalDate date, DeliveryTotals totals, StopSignal signal)
            throws InterruptedException {
        long failed = 0;
        long last = Long.MIN_VALUE;
        while (!signal.isRequested() && !isQuiet()) {
            long start = System.nanoTime();
            List<PlannedNotice> planned = rows.next(channel.name(), date, last, channel.batchSize());
            if (planned.isEmpty()) {
                break;
            }
            last = planned.get(planned.size() - 1).id();
            List<SendResult> results = batch(channel, planned, totals, signal);
            failed += results.stream().filter(NoticeDelivery::isFailed).count();
            if (results.stream().anyMatch(NoticeDelivery::isFailedForAll)) {
                return new Pass(failed, true);
            }
            pace(start, results.size(), channel.perSecond(), signal);
        }
        return new Pass(failed, false);
    }

    private List<SendResult> batch(
            NoticeChannel channel, List<PlannedNotice> planned, DeliveryTotals totals, StopSignal signal) {
        FreshFacts.Checked checked = facts.check(planned, clock.nextRollover());
        rows.close(checked.closed());
        totals.closed(checked.closed());
        if (checked.toSend().isEmpty()) {
            return List.of();
        }
        List<SendResult> results = channel.send(checked.toSend(), signal);
        rows.record(checked.toSend(), results);
        totals.results(checked.toSend(), results);
        return results;
    }

    private static boolean isFailed(SendResult result) {
        return result.outcome() == Outcome.LATER || isFailedForAll(result);
    }

    private static boolean isFailedForAll(SendResult result) {
        return result.outcome() == Outcome.AWAY || result.outcome() == Outcome.OFF;
    }

    private static void pace(long startNanos, int sent, int perSecond, StopSignal signal) throws InterruptedException {
        long leftNanos = startNanos + sent * 1_000_000_000L / perSecond - System.nanoTime();
        if (leftNanos > 0) {
            boolean unused = signal.pause(Duration.ofNanos(leftNanos));
        }
    }
}
