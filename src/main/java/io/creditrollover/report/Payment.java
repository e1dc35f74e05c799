package io.creditrollover.report;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A payment as the host's table shows it now.
 *
 * @param amountPaise what was paid
 * @param status null where the host left it empty
 * @param paidAt {@code created_at}; null where the host left it empty
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
