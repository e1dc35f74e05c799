package io.creditrollover.decision;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A user's {@code pending} payments that may still become {@code paid}.
 *
 * @param youngest the date of the newest one younger than the grace, by the database's clock; null for none
 * @param undatable whether one has no usable date or a future one, so waiting cannot settle it
 * @param afterCutoff whether one of any age has a date at or after the cut-off
 */
public record PendingPayments(@Nullable Instant youngest, boolean undatable, boolean afterCutoff) {
    public static final PendingPayments NONE = new PendingPayments(null, false, false);

    boolean any() {
        return youngest != null || undatable || afterCutoff;
    }
}
