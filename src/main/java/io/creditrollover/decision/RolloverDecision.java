package io.creditrollover.decision;

import org.jspecify.annotations.Nullable;

/**
 * What happens to one user's credits, and the evidence for it.
 *
 * @param creditsBefore the balance decided on
 * @param creditsAfter the balance left, from 0 to {@code creditsBefore}
 * @param eligiblePlanType the plan that lets the credits stay; null where none does
 * @param reason one sentence with dates in the business zone
 * @param evidence the payment that decided; null where there is none
 * @param creditsProtected credits bought at or after the cut-off
 */
public record RolloverDecision(
        long userId,
        Action action,
        int creditsBefore,
        int creditsAfter,
        ReasonCode reasonCode,
        String reason,
        @Nullable String eligiblePlanType,
        @Nullable PaidPayment evidence,
        int creditsProtected)
        implements Verdict {
    public RolloverDecision {
        if (creditsAfter < 0 || creditsAfter > creditsBefore) {
            throw new IllegalArgumentException(
                    "user " + userId + " would go from " + creditsBefore + " to " + creditsAfter + " credits");
        }
        if (creditsAfter < Math.min(creditsProtected, creditsBefore)) {
            throw new IllegalArgumentException("user " + userId + " would lose credits bought after the cut-off");
        }
    }

    /** Returns the credits taken, caps included. */
    public int creditsExpired() {
        return creditsBefore - creditsAfter;
    }

    /** Returns whether credits are taken. */
    public boolean losesCredits() {
        return creditsAfter < creditsBefore;
    }
}
