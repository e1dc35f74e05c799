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
    /** A payment that may count has a status that says neither paid nor unpaid: skipped. */
    PAYMENT_STATUS_UNKNOWN,
    /** The host's database refuses or changes the new balance: skipped. */
    ROW_REFUSED,
    /** A payment is still pending after the wait: skipped. */
    PAYMENT_PENDING,
    /** The host held the user's row through every sweep: set aside. */
    ROW_BUSY,
    /** Came into scope while the run was ending: set aside. */
    ARRIVED_LATE
}
