package io.creditrollover.decision;

/** What a decision does with a user's credits. */
public enum Action {
    /** They stay, or as many of them as the plan's cap allows. */
    ROLLOVER,
    /** They go, but for those bought at or after the cut-off. */
    EXPIRY;

    /** Returns the value of {@code credit_rollover_events.action}. */
    public String code() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
