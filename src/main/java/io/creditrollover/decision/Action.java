package io.creditrollover.decision;

/** The effect of a decision on a user's credits. */
public enum Action {
    /** Credits roll over, up to the plan's cap. */
    ROLLOVER,
    /** Credits expire, except those bought at or after the cut-off. */
    EXPIRY;

    /** Returns the value of {@code credit_rollover_events.action}. */
    public String code() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
