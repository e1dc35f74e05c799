package io.creditrollover.rollover;

import io.creditrollover.decision.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * A user with the verdict about them.
 *
 * @param phoneNumber whole, for the event; null where the host has none
 */
record DecidedUser(@Nullable String phoneNumber, Verdict verdict) {
    /** Hides the phone number from logs and exceptions. */
    @Override
    public String toString() {
        return "Decided[userId=" + verdict.userId() + "]";
    }
}
