package io.creditrollover.undo;

import org.jspecify.annotations.Nullable;

/**
 * An event whose credits expired and are not yet reversed, with the current balance.
 *
 * @param eventId {@code credit_rollover_events.id}
 * @param phoneNumber the whole number, or null; for the reversal only, never for a log
 * @param taken credits to add back, more than 0
 * @param balance the user's credits; the row is locked
 */
record ReversibleEvent(long eventId, long userId, @Nullable String phoneNumber, int taken, long balance) {
    /** Returns whether the balance and the event can hold the sum. */
    boolean fits() {
        return balance >= Integer.MIN_VALUE && balance + taken <= Integer.MAX_VALUE;
    }

    /** Hides the phone number from logs and exceptions. */
    @Override
    public String toString() {
        return "Taken[eventId=" + eventId + ", userId=" + userId + "]";
    }
}
