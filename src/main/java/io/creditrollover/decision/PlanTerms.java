package io.creditrollover.decision;

import java.time.Period;
import org.jspecify.annotations.Nullable;

/**
 * What a plan type is worth on the 1st.
 *
 * @param eligible whether a payment for it lets credits roll over
 * @param window how long before the rollover date such a payment may lie, in calendar units of the business zone
 * @param maxCredits at most so many credits roll over; null for no cap
 * @param carryPercent the share of the credits that rolls over, 1 to 100, rounded down
 */
public record PlanTerms(
        boolean eligible, Period window, @Nullable Integer maxCredits, int carryPercent) {
    /** One month, no cap, everything: the terms of a plan about which nothing else is said. */
    public static final PlanTerms ELIGIBLE = new PlanTerms(true, Period.ofMonths(1), null, 100);

    /** Known, and not eligible. */
    public static final PlanTerms NOT_ELIGIBLE = new PlanTerms(false, Period.ofMonths(1), null, 100);

    public PlanTerms {
        if (!isPositive(window)) {
            throw new IllegalArgumentException("window must be a positive period such as P1M, not " + window);
        }
        if (maxCredits != null && maxCredits <= 0) {
            throw new IllegalArgumentException("max-credits must be 1 or more, not " + maxCredits);
        }
        if (carryPercent < 1 || carryPercent > 100) {
            throw new IllegalArgumentException("carry-percent must be from 1 to 100, not " + carryPercent);
        }
    }

    private static boolean isPositive(Period window) {
        return !window.isZero() && !window.isNegative();
    }

    /**
     * Returns the credits left to a user who keeps them by this plan: {@code kept + min(floor((before - kept) * percent
     * / 100), max)}.
     *
     * @param before the balance
     * @param kept the part bought at or after the cut-off, which no cap touches; at most {@code before}
     */
    int carry(int before, int kept) {
        long carried = (long) (before - kept) * carryPercent / 100;
        return (int) (kept + (maxCredits == null ? carried : Math.min(carried, maxCredits)));
    }
}
