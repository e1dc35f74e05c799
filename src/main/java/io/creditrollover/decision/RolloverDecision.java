package io.creditrollover.decision;

import org.jspecify.annotations.Nullable;

/**
 * The decision for one user.
 *
 * @param creditsBefore the balance at the time of the decision
 * @param creditsAfter the new balance, 0 to {@code creditsBefore}
 * @param eligiblePlanType the plan of a rollover; null for none
 * @param reason one sentence; dates in the business zone
 * @param evidence the deciding payment; null for none
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

    /** Returns the expired credits, including those above a cap. */
    public int creditsExpired() {
        return creditsBefore - creditsAfter;
    }

    public boolean losesCredits() {
        return creditsAfter < creditsBefore;
    }
}
