package io.creditrollover.report;

import io.creditrollover.decision.RolloverPolicy;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which payments a month's explanation shows: from the start of the earliest window to a month after the rollover date, and
 * the one that decided, however old.
 *
 * @param to included
 * @param decisive its id; null for none
 */
record PaymentPeriod(Instant from, Instant to, @Nullable Long decisive) {
    static PaymentPeriod of(RolloverPolicy policy, @Nullable Long decisive) {
        Instant month = policy.date().minusMonths(1).atStartOfDay(policy.zone()).toInstant();
        Instant window = policy.earliestWindowStart();
        return new PaymentPeriod(
                window.isBefore(month) ? window : month,
                policy.date().plusMonths(1).atStartOfDay(policy.zone()).toInstant(),
                decisive);
    }
}
