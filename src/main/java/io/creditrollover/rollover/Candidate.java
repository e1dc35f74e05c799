package io.creditrollover.rollover;

import io.creditrollover.decision.UserCredits;
import org.jspecify.annotations.Nullable;

/** A user in scope, as read. {@code phoneNumber} is in full, or null; for the event only, never for a log. */
record Candidate(@Nullable String phoneNumber, UserCredits facts) {
    long userId() {
        return facts.userId();
    }

    /** Hides the phone number. */
    @Override
    public String toString() {
        return "Candidate[userId=" + userId() + "]";
    }
}
