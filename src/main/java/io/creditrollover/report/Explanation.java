package io.creditrollover.report;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a user's credits stayed or went.
 *
 * @param phoneNumber masked
 * @param credits the balance now; null where the host has deleted the user
 * @param months what was decided, the latest first
 * @param next what would happen at the next rollover; null when it was not asked for, or the user is deleted
 */
public record Explanation(
        long userId,
        String phoneNumber,
        @Nullable Long credits,
        List<Month> months,
        @Nullable Next next) {
    /**
     * One event or skip.
     *
     * @param action as recorded; {@code set-aside} for a skip
     * @param creditsBefore null for a skip, as {@code creditsAfter}
     * @param text for the customer
     * @param givenBack whether a later reversal or reinstatement gave back what this one took
     * @param payments those of the month that was decided, with what they say now
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
     * What a run would do now.
     *
     * @param action {@code rollover}, {@code expiry}, {@code set-aside}, {@code wait}, or {@code none} when out of scope
     * @param advice what the user could do; empty where nothing is needed
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
