package io.creditrollover.decision;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a user's {@code pending} payments that may still turn {@code paid}.
 *
 * @param youngest the date of the newest one that is younger than the grace by the database's clock; null for none
 * @param undatable whether one has no usable date, or one in the future, so that no waiting will settle it
 * @param afterCutoff whether one, of any age, is dated at or after the cut-off
 */
public record PendingPayments(@Nullable Instant youngest, boolean undatable, boolean afterCutoff) {
    /** No pending payment. */
    public static final PendingPayments NONE = new PendingPayments(null, false, false);

    boolean any() {
        return youngest != null || undatable || afterCutoff;
    }
}
