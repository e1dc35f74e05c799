package io.creditrollover.oracle;

import java.time.Period;
import org.jspecify.annotations.Nullable;

/** What the policy says about one plan type. */
public record OraclePlan(
        boolean eligible, Period window, @Nullable Integer maxCredits, int carryPercent) {

    public OraclePlan {
        if (carryPercent < 1 || carryPercent > 100) {
            throw new IllegalArgumentException("carryPercent " + carryPercent);
        }
        if (maxCredits != null && maxCredits < 1) {
            throw new IllegalArgumentException("maxCredits " + maxCredits);
        }
    }

    public static OraclePlan eligible(Period window) {
        return new OraclePlan(true, window, null, 100);
    }

    /** A plan that the configuration names, and names as not eligible. */
    public static OraclePlan ineligible() {
        return new OraclePlan(false, Period.ofMonths(1), null, 100);
    }

    public OraclePlan withMaxCredits(int max) {
        return new OraclePlan(eligible, window, max, carryPercent);
    }

    public OraclePlan withCarryPercent(int percent) {
        return new OraclePlan(eligible, window, maxCredits, percent);
    }
}
