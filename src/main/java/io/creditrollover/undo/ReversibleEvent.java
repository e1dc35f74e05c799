package io.creditrollover.undo;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event with expired credits, some of them not added back, and the current balance.
 *
 * @param phoneNumber in full, or null; for the reversal only, never for a log
 * @param creditsProtected credits bought at or after the cut-off, as decided
 * @param decidedAt when the event was written
 * @param givenBack credits added back by a reversal or reinstatement
 * @param balance final only under the user's row lock
 */
public record ReversibleEvent(
        long eventId,
        long userId,
        @Nullable String phoneNumber,
        int creditsBefore,
        int creditsAfter,
        int creditsProtected,
        Instant decidedAt,
        int givenBack,
        long balance) {
    /** Returns the expired credits not added back, more than 0. */
    public int missing() {
        return creditsBefore - creditsAfter - givenBack;
    }

    /** Hides the phone number. */
    @Override
    public String toString() {
        return "ReversibleEvent[eventId=" + eventId + ", userId=" + userId + "]";
    }
}
