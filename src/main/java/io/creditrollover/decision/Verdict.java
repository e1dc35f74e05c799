package io.creditrollover.decision;

import java.time.Instant;

/** What {@link RolloverPolicy#decide} makes of a user: a decision, or one of two ways of not deciding. */
public sealed interface Verdict permits RolloverDecision, Verdict.Skipped, Verdict.Postponed {
    /** Returns the user this is about. */
    long userId();

    /**
     * The balance is not touched, and the doubt is written down for a person.
     *
     * @param reason one sentence
     */
    record Skipped(long userId, ReasonCode reasonCode, String reason) implements Verdict {}

    /**
     * Money is under way: look again when it is settled, at the latest at {@code until}.
     *
     * @param until when the youngest pending payment known now is older than the grace
     */
    record Postponed(long userId, Instant until) implements Verdict {}
}
