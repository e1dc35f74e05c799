package io.creditrollover.decision;

import java.time.Period;
import org.jspecify.annotations.Nullable;

/**
 * The policy for one plan type.
 *
 * @param eligible whether its payments let credits roll over
 * @param window maximum age of a payment on the rollover date, in calendar units of the business zone
 * @param maxCredits maximum of credits rolled over; null for no cap
 * @param carryPercent percentage of credits rolled over, 1 to 100, rounded down
 */
public record PlanTerms(
        boolean eligible, Period window, @Nullable Integer maxCredits, int carryPercent) {
    /** The default. */
    public static final PlanTerms ELIGIBLE = new PlanTerms(true, Period.ofMonths(1), null, 100);

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
     * Returns {@code kept + min(floor((before - kept) * percent / 100), max)}.
     *
     * @param kept credits bought at or after the cut-off, exempt from the cap; at most {@code before}
     */
    int carry(int before, int kept) {
        long carried = (long) (before - kept) * carryPercent / 100;
        return (int) (kept + (maxCredits == null ? carried : Math.min(carried, maxCredits)));
    }
}
