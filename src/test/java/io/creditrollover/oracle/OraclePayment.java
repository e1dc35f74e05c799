package io.creditrollover.oracle;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row of the host's payments.
 *
 * @param createdAt infinite dates as {@link Instant#MIN} and {@link Instant#MAX}
 */
public record OraclePayment(
        long id,
        @Nullable Long userId,
        @Nullable String planType,
        long amountPaise,
        @Nullable Long creditsAdded,
        @Nullable String status,
        @Nullable Instant createdAt) {

    public boolean paid() {
        return "paid".equals(status);
    }

    public boolean pending() {
        return "pending".equals(status);
    }

    /** Has a finite date. */
    public boolean dated() {
        return createdAt != null && !createdAt.equals(Instant.MIN) && !createdAt.equals(Instant.MAX);
    }

    /** Has a finite date that is not later than {@code now}. */
    public boolean dateUsable(Instant now) {
        return dated() && !after(now);
    }

    /** Dated at this moment or later, plus infinity included. Without a date it is neither before nor after. */
    public boolean atOrAfter(Instant moment) {
        return createdAt != null && !createdAt.isBefore(moment);
    }

    public boolean after(Instant moment) {
        return createdAt != null && createdAt.isAfter(moment);
    }

    public boolean before(Instant moment) {
        return createdAt != null && createdAt.isBefore(moment);
    }

    /** Ordered by (created_at, id). Only for payments with a date. */
    boolean laterThan(OraclePayment other) {
        Instant at = createdAt;
        Instant otherAt = other.createdAt();
        if (at == null || otherAt == null) {
            throw new IllegalArgumentException("payment without a date: " + this + ", " + other);
        }
        return at.equals(otherAt) ? id > other.id() : at.isAfter(otherAt);
    }
}
