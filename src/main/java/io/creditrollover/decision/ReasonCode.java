package io.creditrollover.decision;

/** Why a user was decided, or set aside, as {@code reason_code} tells it. */
public enum ReasonCode {
    ELIGIBLE_PLAN,
    CAPPED,
    RENEWED_AFTER_CUTOFF,
    PURCHASED_AFTER_CUTOFF,
    NO_PAYMENT,
    PLAN_NOT_ELIGIBLE,
    WINDOW_ELAPSED,
    /** A paid payment without a date, or with one in the future: set aside. */
    PAYMENT_DATE_UNUSABLE,
    /** The last payment is for a plan nobody knows: set aside. */
    PLAN_UNKNOWN,
    /** The credits bought since the cut-off do not add up: set aside. */
    CREDITS_UNUSABLE,
    /** Money is still under way after the wait: set aside. */
    PAYMENT_PENDING,
    /** The host held the user's row through every sweep: set aside. */
    ROW_BUSY,
    /** Came into scope while the run was ending: set aside. */
    ARRIVED_LATE
}
