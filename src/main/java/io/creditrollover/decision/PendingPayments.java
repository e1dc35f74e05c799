package io.creditrollover.decision;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A user's {@code pending} payments that may still become {@code paid}.
 *
 * @param youngest the newest date within the grace, by the database's clock; null for none
 * @param undatable whether waiting cannot settle one: its date is missing, infinite or in the future
 * @param afterCutoff whether one of any age is dated at or after the cut-off
 */
public record PendingPayments(@Nullable Instant youngest, boolean undatable, boolean afterCutoff) {
    public static final PendingPayments NONE = new PendingPayments(null, false, false);

    boolean any() {
        return youngest != null || undatable || afterCutoff;
    }
}
