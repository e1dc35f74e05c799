package io.creditrollover.decision;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A user in scope with everything a decision uses, as one read of the database saw it.
 *
 * @param userId {@code users.id}
 * @param credits the balance, more than 0
 * @param lastPaid the paid payment before the cut-off with the greatest date and id; null for none
 * @param protectedCredits the sum of {@code credits_added} of paid payments at or after the cut-off
 * @param negativeProtected whether one of those payments adds a negative number of credits
 * @param renewals the paid payments at or after the cut-off that are for an eligible plan
 * @param dateUnusable whether a paid payment has no date or one after the moment of reading
 * @param pending money under way
 * @param waitsUntil until when an earlier look at this user in this run decided to wait; null for a first look
 */
public record UserCredits(
        int userId,
        int credits,
        @Nullable PaidPayment lastPaid,
        long protectedCredits,
        boolean negativeProtected,
        List<PaidPayment> renewals,
        boolean dateUnusable,
        PendingPayments pending,
        @Nullable Instant waitsUntil) {
    public UserCredits {
        if (credits <= 0) {
            throw new IllegalArgumentException("user " + userId + " holds no credits: " + credits);
        }
        renewals = List.copyOf(renewals);
    }
}
