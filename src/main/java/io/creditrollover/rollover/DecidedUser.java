package io.creditrollover.rollover;

import io.creditrollover.decision.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * A user with their verdict.
 *
 * @param phoneNumber in full, for the event only; may be null
 */
record DecidedUser(@Nullable String phoneNumber, Verdict verdict) {
    /** Hides the phone number from logs and exceptions. */
    @Override
    public String toString() {
        return "Decided[userId=" + verdict.userId() + "]";
    }
}
