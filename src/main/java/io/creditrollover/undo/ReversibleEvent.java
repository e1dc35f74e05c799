package io.creditrollover.undo;

import org.jspecify.annotations.Nullable;

/**
 * An event with expired credits, not yet reversed, and the current balance.
 *
 * @param phoneNumber in full, or null; for the reversal only, never for a log
 * @param taken credits to add back, more than 0
 * @param balance of a locked row
 */
record ReversibleEvent(long eventId, long userId, @Nullable String phoneNumber, int taken, long balance) {
    /** The balance may exceed the event's integer columns. */
    boolean fits() {
        return balance >= Integer.MIN_VALUE && balance + taken <= Integer.MAX_VALUE;
    }

    /** Hides the phone number. */
    @Override
    public String toString() {
        return "Taken[eventId=" + eventId + ", userId=" + userId + "]";
    }
}
