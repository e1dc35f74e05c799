package io.creditrollover.rollover;

import io.creditrollover.decision.Verdict;
import org.jspecify.annotations.Nullable;

/** A user with their verdict. {@code phoneNumber} is in full, or null; for the event only. */
record DecidedUser(@Nullable String phoneNumber, Verdict verdict) {
    /** Hides the phone number. */
    @Override
    public String toString() {
        return "Decided[userId=" + verdict.userId() + "]";
    }
}
