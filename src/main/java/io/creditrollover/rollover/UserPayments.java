package io.creditrollover.rollover;

import io.creditrollover.decision.PaidPayment;
import io.creditrollover.decision.PendingPayments;
import io.creditrollover.decision.UserCredits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Adds up the payments of one user, row by row. Not safe for use by several threads. */
final class UserPayments {
    /** No payment at all. */
    static final UserPayments NONE = new UserPayments();

    private @Nullable PaidPayment last;
    private long protectedCredits;
    private boolean negative;
    private List<PaidPayment> renewals = List.of();
    private boolean dateUnusable;
    private @Nullable Instant youngestPending;
    private boolean undatablePending;
    private @Nullable Instant waitsUntil;

    /** The last paid payment before the cut-off. */
    void last(PaidPayment payment) {
        last = payment;
    }

    /** A paid payment whose date says nothing. */
    void unusable() {
        dateUnusable = true;
    }

    /** A paid payment at or after the cut-off, which is a renewal where its plan is among {@code eligible}. */
    void since(PaidPayment payment, int creditsAdded, Set<String> eligible) {
        protectedCredits += creditsAdded;
        negative |= creditsAdded < 0;
        if (eligible.contains(payment.planType())) {
            renewals = renewals.isEmpty() ? new ArrayList<>() : renewals;
            renewals.add(payment);
        }
    }

    /** A pending payment that may still turn paid; null for a date that says nothing. */
    void pending(@Nullable Instant createdAt) {
        if (createdAt == null) {
            undatablePending = true;
        } else if (youngestPending == null || createdAt.isAfter(youngestPending)) {
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
                negative,
                renewals,
                dateUnusable,
                new PendingPayments(youngestPending, undatablePending),
                waitsUntil);
    }
}
