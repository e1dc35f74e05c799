package io.creditrollover.decision;

import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A payment with status {@code paid} and a usable date.
 *
 * @param id {@code payments.id}
 * @param planType {@code payments.plan_type}, as the host wrote it; null where the host wrote none
 * @param paidAt {@code payments.created_at}, the only date a payment has
 */
public record PaidPayment(long id, @Nullable String planType, Instant paidAt) {
    /** The order in which "the last payment" is meant: by time, then by id. */
    public static final Comparator<PaidPayment> BY_TIME =
            Comparator.comparing(PaidPayment::paidAt).thenComparingLong(PaidPayment::id);
}
