package io.creditrollover.decision;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All inputs of a decision about one user, from one read of the database.
 *
 * @param userId {@code users.id}
 * @param credits the balance, more than 0
 * @param lastPaid the last paid payment before the cut-off, by date and id; null for none
 * @param protectedCredits the sum of {@code credits_added} of paid payments at or after the cut-off
 * @param protectedUnusable whether one of those amounts is null, negative or too large
 * @param paidAfterCutoff the paid payments at or after the cut-off, or one per plan type
 * @param dateUnusable whether a paid payment has no date, an infinite or a future one
 * @param unknownStatus a status neither paid nor unpaid, of a payment since the earliest window start or without a
 *     usable date; null for none
 * @param pending pending payments that may still become paid
 * @param waitsUntil the time to which an earlier look in this run postponed the user; null for a first look
 */
public record UserCredits(
        long userId,
        long credits,
        @Nullable PaidPayment lastPaid,
        long protectedCredits,
        boolean protectedUnusable,
        List<PaidPayment> paidAfterCutoff,
        boolean dateUnusable,
        @Nullable String unknownStatus,
        PendingPayments pending,
        @Nullable Instant waitsUntil) {
    public UserCredits {
        if (credits <= 0) {
            throw new IllegalArgumentException("user " + userId + " holds no credits: " + credits);
        }
        paidAfterCutoff = List.copyOf(paidAfterCutoff);
    }

    /** Returns these facts as if no pending payment that the grace can settle had become paid. */
    public UserCredits afterWaiting() {
        return new UserCredits(
                userId,
                credits,
                lastPaid,
                protectedCredits,
                protectedUnusable,
                paidAfterCutoff,
                dateUnusable,
                unknownStatus,
                new PendingPayments(null, pending.undatable(), false),
                Instant.EPOCH);
    }
}
