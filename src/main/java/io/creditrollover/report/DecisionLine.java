package io.creditrollover.report;

import org.jspecify.annotations.Nullable;

/**
 * Users of a run with the same action, reason and plan.
 *
 * @param action {@code rollover}, {@code expiry}, {@code skip} or {@code reversal}
 * @param planType plan of the decisive payment; null for none
 */
public record DecisionLine(
        String action,
        String reasonCode,
        @Nullable String planType,
        long users,
        long creditsBefore,
        long creditsAfter) {
    static final String MEANING = "Users decided or skipped, by reason and by the plan of the decisive payment.";

    /** Returns the expired credits; never negative. */
    public long creditsExpired() {
        return Math.max(0, creditsBefore - creditsAfter);
    }
}
