package io.creditrollover.decision;

/** The reason for a decision or a skip, as stored in {@code reason_code}. */
public enum ReasonCode {
    ELIGIBLE_PLAN,
    CAPPED,
    RENEWED_AFTER_CUTOFF,
    PURCHASED_AFTER_CUTOFF,
    NO_PAYMENT,
    PLAN_NOT_ELIGIBLE,
    WINDOW_ELAPSED,
    /** Skipped: a paid payment has no date or a future one. */
    PAYMENT_DATE_UNUSABLE,
    /** Skipped: a payment's plan is neither sold nor configured. */
    PLAN_UNKNOWN,
    /** Skipped: the balance, or the credits bought since the cut-off, cannot be used. */
    CREDITS_UNUSABLE,
    /** Skipped: a payment that may count has a status outside the known ones. */
    PAYMENT_STATUS_UNKNOWN,
    /** Skipped: the host's database refuses or changes the new balance. */
    ROW_REFUSED,
    /** Skipped: a payment is still pending after the grace. */
    PAYMENT_PENDING,
    /** Skipped: the host held the user's row during every sweep. */
    ROW_BUSY,
    /** Skipped: the user came into scope while the run was ending. */
    ARRIVED_LATE
}
