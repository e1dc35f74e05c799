package io.creditrollover.decision;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Money under way: what is known of a user's {@code pending} payments that may still turn {@code paid}.
 *
 * @param youngest the date of the newest one that is younger than the grace by the database's clock; null for none
 * @param undatable whether one has no date, or one in the future, so that no waiting will settle it
 */
public record PendingPayments(@Nullable Instant youngest, boolean undatable) {
    /** Nothing under way. */
    public static final PendingPayments NONE = new PendingPayments(null, false);

    boolean any() {
        return youngest != null || undatable;
    }
}
