package io.creditrollover.report;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a user's credits rolled over or expired.
 *
 * @param phoneNumber masked
 * @param credits current balance; null for a deleted user
 * @param months decisions, latest first
 * @param notices what the user was told, latest first
 * @param next forecast; null if not requested, or for a deleted user
 */
public record Explanation(
        long userId,
        String phoneNumber,
        @Nullable Long credits,
        List<Month> months,
        List<AcceptedNotice> notices,
        @Nullable Next next) {
    /**
     * One event or skip.
     *
     * @param action as recorded; {@code skip} for a skipped user
     * @param creditsBefore null for a skip, like {@code creditsAfter}
     * @param text for the customer
     * @param givenBack whether a reversal or reinstatement followed
     * @param payments of the decided month, as they are now
     */
    public record Month(
            LocalDate rolloverDate,
            long runId,
            String action,
            @Nullable Integer creditsBefore,
            @Nullable Integer creditsAfter,
            String reasonCode,
            @Nullable Long paymentId,
            @Nullable Instant paidAt,
            String text,
            boolean givenBack,
            List<Payment> payments) {}

    /**
     * Result of a run now.
     *
     * @param action {@code rollover}, {@code expiry}, {@code skip}, {@code postponed}, or {@code none} if out of scope
     * @param advice how to keep the credits; empty if no action is needed
     */
    public record Next(
            LocalDate rolloverDate,
            Instant cutoff,
            String action,
            @Nullable Integer creditsAfter,
            @Nullable String reasonCode,
            String text,
            String advice) {}
}
