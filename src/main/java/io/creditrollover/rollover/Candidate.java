package io.creditrollover.rollover;

import io.creditrollover.decision.UserCredits;
import org.jspecify.annotations.Nullable;

/**
 * A user in scope, as read.
 *
 * @param phoneNumber {@code users.phone_number}, whole, null where the host has none; for the event only, never for a log
 * @param facts what the decision uses
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
