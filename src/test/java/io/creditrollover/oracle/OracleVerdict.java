package io.creditrollover.oracle;

import org.jspecify.annotations.Nullable;

/**
 * What the contract says about one user.
 *
 * @param reasonCode as in the contract; {@link #NOT_IN_SCOPE} for users it does not speak of
 * @param creditsAfter equal to creditsBefore wherever the balance stays untouched
 * @param protectedCredits P, uncut (it may exceed the balance); 0 for users out of scope or set aside
 * @param evidencePaymentId L where L decided, the chosen renewal where a renewal did, else null
 */
public record OracleVerdict(
        int userId,
        Kind kind,
        String reasonCode,
        int creditsBefore,
        int creditsAfter,
        int protectedCredits,
        @Nullable Integer evidencePaymentId) {

    public static final String NOT_IN_SCOPE = "NOT_IN_SCOPE";

    /** The kinds of outcome. */
    public enum Kind {
        OUT_OF_SCOPE,
        ROLLOVER,
        EXPIRY,
        SET_ASIDE,
        /** Would lose credits at this moment, and money is under way: left to the sweep, nothing may be taken now. */
        WAITS_FOR_PENDING
    }

    public boolean losesCredits() {
        return creditsAfter < creditsBefore;
    }
}
