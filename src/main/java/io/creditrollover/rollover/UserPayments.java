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

    private final @Nullable Instant decidedAt;
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
    private List<PaidPayment> later = List.of();

    UserPayments() {
        this(null);
    }

    /** @param decidedAt ignores payments dated then or later, but for paid ones without a usable date; null for none */
    UserPayments(@Nullable Instant decidedAt) {
        this.decidedAt = decidedAt;
    }

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
        if (isLater(payment.paidAt())) {
            later = later.isEmpty() ? new ArrayList<>() : later;
            later.add(payment);
            return;
        }
        protectedUnusable |= creditsAdded == null || creditsAdded < 0 || creditsAdded > Integer.MAX_VALUE;
        protectedCredits += creditsAdded == null || protectedUnusable ? 0 : creditsAdded;
        paidAfterCutoff = paidAfterCutoff.isEmpty() ? new ArrayList<>() : paidAfterCutoff;
        paidAfterCutoff.add(payment);
    }

    /** Neither paid nor unpaid; {@code at} is null without a usable date. */
    void unknownStatus(String status, @Nullable Instant at) {
        if (at == null || !isLater(at)) {
            unknownStatus = status;
        }
    }

    /** Waiting cannot settle it. */
    void undatablePending() {
        undatablePending = true;
    }

    void pending(Instant createdAt, boolean young, boolean afterCutoff) {
        if (isLater(createdAt)) {
            return;
        }
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

    private boolean isLater(Instant at) {
        return decidedAt != null && !at.isBefore(decidedAt);
    }

    /** Returns paid payments dated at or after the decision. */
    List<PaidPayment> later() {
        return later;
    }

    /** Whether more was bought at or after the cut-off than {@code creditsProtected}, or an unusable amount. */
    boolean boughtMoreThan(long creditsProtected) {
        return protectedUnusable || protectedCredits > creditsProtected;
    }

    /** Returns the facts to decide again: pending payments as the sweep sees them, protected credits as recorded. */
    UserCredits again(RecheckedPayments.Decided user, List<PaidPayment> moreRenewals) {
        List<PaidPayment> renewals = new ArrayList<>(paidAfterCutoff);
        renewals.addAll(moreRenewals);
        return new UserCredits(
                user.userId(),
                user.credits(),
                last,
                user.creditsProtected(),
                false,
                renewals,
                dateUnusable,
                unknownStatus,
                new PendingPayments(youngestPending, undatablePending, pendingAfterCutoff),
                Instant.EPOCH,
                true); // decided by a run, which required the notice
    }
}
