package io.creditrollover.rollover;

import io.creditrollover.decision.UserCredits;

/**
 * A user in scope, as read.
 *
 * @param phoneNumber {@code users.phone_number}, whole; for the event only, never for a log
 * @param facts what the decision uses
 */
record Candidate(String phoneNumber, UserCredits facts) {
    int userId() {
        return facts.userId();
    }

    /** Hides the phone number from logs and exceptions. */
    @Override
    public String toString() {
        return "Candidate[userId=" + userId() + "]";
    }
}
