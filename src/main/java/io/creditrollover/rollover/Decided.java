package io.creditrollover.rollover;

import io.creditrollover.decision.Verdict;

/**
 * A user with the verdict about them.
 *
 * @param phoneNumber whole, for the event; empty where the row could not be read
 */
record Decided(String phoneNumber, Verdict verdict) {
    /** Hides the phone number from logs and exceptions. */
    @Override
    public String toString() {
        return "Decided[userId=" + verdict.userId() + "]";
    }
}
