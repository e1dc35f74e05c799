package io.creditrollover.rollover;

import io.creditrollover.decision.PaidPayment;
import io.creditrollover.decision.PendingPayments;
import io.creditrollover.decision.UserCredits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Adds up the payments of one user, row by row. Not safe for use by several threads. */
final class UserPayments {
    /** No payment at all. */
    static final UserPayments NONE = new UserPayments();

    private @Nullable PaidPayment last;
    private long protectedCredits;
    private boolean protectedUnusable;
    private List<PaidPayment> paidAfterCutoff = List.of();
    private boolean dateUnusable;
    private @Nullable String unknownStatus;
    private @Nullable Instant youngestPending;
    private boolean undatablePending;
    private boolean pendingAfterCutoff;
    private @Nullable Instant waitsUntil;

    /** The last paid payment before the cut-off. */
    void last(PaidPayment payment) {
        last = payment;
    }

    /** A paid payment whose date says nothing. */
    void unusable() {
        dateUnusable = true;
    }

    /** A paid payment at or after the cut-off. */
    void since(PaidPayment payment, @Nullable Long creditsAdded) {
        protectedUnusable |= creditsAdded == null || creditsAdded < 0 || creditsAdded > Integer.MAX_VALUE;
        protectedCredits += creditsAdded == null || protectedUnusable ? 0 : creditsAdded;
        paidAfterCutoff = paidAfterCutoff.isEmpty() ? new ArrayList<>() : paidAfterCutoff;
        paidAfterCutoff.add(payment);
    }

    /** A payment that may count, whose status says neither paid nor unpaid. */
    void unknownStatus(String status) {
        unknownStatus = status;
    }

    /** A pending payment whose date says nothing, so that no waiting settles it. */
    void undatablePending() {
        undatablePending = true;
    }

    /** A pending payment that may still turn paid. */
    void pending(Instant createdAt, boolean young, boolean afterCutoff) {
        pendingAfterCutoff |= afterCutoff;
        if (young && (youngestPending == null || createdAt.isAfter(youngestPending))) {
            youngestPending = createdAt;
        }
    }

    /** Until when an earlier look in this run decided to wait. */
    void waits(@Nullable Instant until) {
        waitsUntil = Objects.requireNonNull(until);
    }

    UserCredits facts(UserRow user) {
        return new UserCredits(
                user.id(),
                user.credits(),
                last,
                protectedCredits,
                protectedUnusable,
                paidAfterCutoff,
                dateUnusable,
                unknownStatus,
                new PendingPayments(youngestPending, undatablePending, pendingAfterCutoff),
                waitsUntil);
    }
}
