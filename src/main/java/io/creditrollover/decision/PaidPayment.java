package io.creditrollover.decision;

import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A payment with status {@code paid} and a usable date.
 *
 * @param id {@code payments.id}
 * @param planType {@code payments.plan_type}, unchanged; may be null
 * @param paidAt {@code payments.created_at}, the only date of a payment
 */
public record PaidPayment(long id, @Nullable String planType, Instant paidAt) {
    /** Orders payments by time, then by id. "The last payment" is the greatest in this order. */
    public static final Comparator<PaidPayment> BY_TIME =
            Comparator.comparing(PaidPayment::paidAt).thenComparingLong(PaidPayment::id);
}
