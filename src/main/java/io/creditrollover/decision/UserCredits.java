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
 * @param protectedUnusable whether one of those payments adds no or a negative number of credits, or their sum overflows
 * @param paidAfterCutoff the paid payments at or after the cut-off, or one of each plan type
 * @param dateUnusable whether a paid payment has no date, an infinite one, or one after the moment of reading
 * @param unknownStatus the status of a payment since the earliest window start, or of one without a usable date, that says
 *     neither paid nor unpaid; null for none
 * @param pending pending payments that may still turn paid
 * @param waitsUntil until when an earlier look at this user in this run decided to wait; null for a first look
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

    /** Returns these facts as if each pending payment that can be waited for had stayed unpaid. */
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
