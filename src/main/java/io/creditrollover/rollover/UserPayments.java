package io.creditrollover.rollover;

import io.creditrollover.decision.PaidPayment;
import io.creditrollover.decision.PendingPayments;
import io.creditrollover.decision.UserCredits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Aggregates one user's payments. Not thread-safe. */
final class UserPayments {
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
    private boolean warned;

    /** Before the cut-off. */
    void last(PaidPayment payment) {
        last = payment;
    }

    /** A paid payment without a usable date. */
    void unusable() {
        dateUnusable = true;
    }

    /** At or after the cut-off. */
    void since(PaidPayment payment, @Nullable Long creditsAdded) {
        protectedUnusable |= creditsAdded == null || creditsAdded < 0 || creditsAdded > Integer.MAX_VALUE;
        protectedCredits += creditsAdded == null || protectedUnusable ? 0 : creditsAdded;
        paidAfterCutoff = paidAfterCutoff.isEmpty() ? new ArrayList<>() : paidAfterCutoff;
        paidAfterCutoff.add(payment);
    }

    /** Neither paid nor unpaid. */
    void unknownStatus(String status) {
        unknownStatus = status;
    }

    /** Waiting cannot settle it. */
    void undatablePending() {
        undatablePending = true;
    }

    void pending(Instant createdAt, boolean young, boolean afterCutoff) {
        pendingAfterCutoff |= afterCutoff;
        if (young && (youngestPending == null || createdAt.isAfter(youngestPending))) {
            youngestPending = createdAt;
        }
    }

    /** The postponement by an earlier look in this run. */
    void waits(@Nullable Instant until) {
        waitsUntil = Objects.requireNonNull(until);
    }

    /** A notice was accepted in time. */
    void warned() {
        warned = true;
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
                waitsUntil,
                warned);
    }
}
