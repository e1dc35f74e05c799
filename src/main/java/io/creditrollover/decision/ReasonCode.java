package io.creditrollover.decision;

/** The reason of a decision or skip: {@code reason_code}. */
public enum ReasonCode {
    ELIGIBLE_PLAN,
    CAPPED,
    RENEWED_AFTER_CUTOFF,
    PURCHASED_AFTER_CUTOFF,
    NO_PAYMENT,
    PLAN_NOT_ELIGIBLE,
    WINDOW_ELAPSED,
    /** Skip: a paid payment has no usable date. */
    PAYMENT_DATE_UNUSABLE,
    /** Skip: a payment's plan is neither sold nor configured. */
    PLAN_UNKNOWN,
    /** Skip: the balance is too large, or the credits bought since the cut-off do not add up. */
    CREDITS_UNUSABLE,
    /** Skip: a relevant payment's status means neither paid nor unpaid. */
    PAYMENT_STATUS_UNKNOWN,
    /** Skip: the host's database refuses or changes the new balance. */
    ROW_REFUSED,
    /** Skip: a payment is still pending after the grace. */
    PAYMENT_PENDING,
    /** Skip: the host held the user's row during every sweep. */
    ROW_BUSY,
    /** Skip: the user came into scope while the run was ending. */
    ARRIVED_LATE,
    /** Reversal: its run was undone. */
    UNDONE,
    /** Reinstatement: decided again, an eligible payment counts now. */
    LATE_PAYMENT,
    /** Reinstatement: an eligible renewal after the decision, within the configured window. */
    RENEWED_LATE,
    /** Reinstatement: a person's decision. */
    GOODWILL,
    /** Skip of a second look: a payment between cut-off and decision is not in the protected credits. */
    BOUGHT_MEANWHILE
}
