package io.creditrollover.undo;

import org.jspecify.annotations.Nullable;

/**
 * An event that took credits and was not given back, with the balance of today.
 *
 * @param eventId {@code credit_rollover_events.id}
 * @param phoneNumber whole, null where the host had none; for the reversal only, never for a log
 * @param taken credits to give back, more than 0
 * @param balance the user's credits, whose row is locked
 */
record ReversibleEvent(long eventId, long userId, @Nullable String phoneNumber, int taken, long balance) {
    /** Returns whether the balance, and the event, can hold what is given back. */
    boolean fits() {
        return balance >= Integer.MIN_VALUE && balance + taken <= Integer.MAX_VALUE;
    }

    /** Hides the phone number from logs and exceptions. */
    @Override
    public String toString() {
        return "Taken[eventId=" + eventId + ", userId=" + userId + "]";
    }
}
