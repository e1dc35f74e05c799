package io.creditrollover.decision;

import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A payment with status {@code paid} and a usable date.
 *
 * @param id {@code payments.id}
 * @param planType {@code payments.plan_type}; may be null
 * @param paidAt {@code payments.created_at}, a payment's only date
 */
public record PaidPayment(long id, @Nullable String planType, Instant paidAt) {
    /** By time, then id; defines "the last payment". */
    public static final Comparator<PaidPayment> BY_TIME =
            Comparator.comparing(PaidPayment::paidAt).thenComparingLong(PaidPayment::id);
}
