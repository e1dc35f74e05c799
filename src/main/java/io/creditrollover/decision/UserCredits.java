package io.creditrollover.decision;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The inputs of a decision about one user, from one read.
 *
 * @param userId {@code users.id}
 * @param credits the balance, more than 0
 * @param lastPaid the last paid payment before the cut-off, by date and id; null for none
 * @param protectedCredits sum of {@code credits_added} of paid payments at or after the cut-off
 * @param protectedUnusable whether one of these amounts is null, negative or too large
 * @param paidAfterCutoff paid payments at or after the cut-off, or one per plan type
 * @param dateUnusable whether a paid payment's date is missing, infinite or in the future
 * @param unknownStatus a status neither paid nor unpaid, since the earliest window start or without usable date; null
 *     for none
 * @param pending pending payments that may still become paid
 * @param waitsUntil postponement by an earlier look in this run; null for a first look
 * @param warned whether a notice of the expiry was accepted in time; read only if the policy requires one
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
        @Nullable Instant waitsUntil,
        boolean warned) {
    public UserCredits {
        if (credits <= 0) {
            throw new IllegalArgumentException("user " + userId + " holds no credits: " + credits);
        }
        paidAfterCutoff = List.copyOf(paidAfterCutoff);
    }

    /** Without an accepted notice. */
    public UserCredits(
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
        this(
                userId,
                credits,
                lastPaid,
                protectedCredits,
                protectedUnusable,
                paidAfterCutoff,
                dateUnusable,
                unknownStatus,
                pending,
                waitsUntil,
                false);
    }

    /** Returns these facts as if all pending payments with a usable date stayed unpaid. */
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
                Instant.EPOCH,
                warned);
    }
}
