package io.creditrollover.rollover;

import io.creditrollover.decision.UserCredits;
import org.jspecify.annotations.Nullable;

/**
 * A user in scope, as read.
 *
 * @param phoneNumber {@code users.phone_number} in full, or null; for the event only, never for a log
 * @param facts the inputs of the decision
 */
record Candidate(@Nullable String phoneNumber, UserCredits facts) {
    long userId() {
        return facts.userId();
    }

    /** Hides the phone number from logs and exceptions. */
    @Override
    public String toString() {
        return "Candidate[userId=" + userId() + "]";
    }
}
