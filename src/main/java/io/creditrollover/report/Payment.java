package io.creditrollover.report;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A payment, as it is now in the host's table.
 *
 * @param status null if empty there
 * @param paidAt {@code created_at}; null if empty there
 */
public record Payment(
        long id,
        String planType,
        long amountPaise,
        long creditsAdded,
        @Nullable String status,
        @Nullable Instant paidAt) {
    boolean isPaid() {
        return "paid".equals(status);
    }
}
