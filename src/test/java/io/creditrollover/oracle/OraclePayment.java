package io.creditrollover.oracle;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of the host's payments. */
public record OraclePayment(
        int id,
        int userId,
        String planType,
        int amountPaise,
        int creditsAdded,
        @Nullable String status,
        @Nullable Instant createdAt) {

    public boolean paid() {
        return "paid".equals(status);
    }

    public boolean pending() {
        return "pending".equals(status);
    }
}
