package io.creditrollover.notice;

import org.jspecify.annotations.Nullable;

/**
 * What came of sending one notice.
 *
 * @param address where it went; null for none
 * @param reason one sentence; null if accepted
 */
public record SendResult(
        long noticeId,
        Outcome outcome,
        @Nullable String address,
        @Nullable String reason) {
    /** Whether and when to try again. */
    public enum Outcome {
        /** The mail server accepted it, or the receiver answered 2xx. */
        ACCEPTED,
        /** The receiver refuses this notice for good: not tried again. */
        REFUSED,
        /** There is no way to this user: not tried again. */
        SKIPPED,
        /** Try again; the next notice may succeed. */
        LATER,
        /** Try again; other notices would fail too. */
        AWAY,
        /** As {@link #AWAY}, but only after a person has changed something. */
        OFF
    }

    public static SendResult accepted(long noticeId, @Nullable String address) {
        return new SendResult(noticeId, Outcome.ACCEPTED, address, null);
    }

    public static SendResult skipped(long noticeId, String reason) {
        return new SendResult(noticeId, Outcome.SKIPPED, null, reason);
    }
}
