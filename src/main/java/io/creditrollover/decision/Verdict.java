package io.creditrollover.decision;

import java.time.Instant;

/** The result of {@link RolloverPolicy#decide}: a decision, a skip or a postponement. */
public sealed interface Verdict permits RolloverDecision, Verdict.Skipped, Verdict.Postponed {
    long userId();

    /**
     * The user is undecidable. The balance stays, and a person checks the reason.
     *
     * @param reason one sentence
     */
    record Skipped(long userId, ReasonCode reasonCode, String reason) implements Verdict {}

    /**
     * A payment is pending. The sweep decides the user once it is settled, at the latest at {@code until}.
     *
     * @param until the time when the youngest known pending payment exceeds the grace
     */
    record Postponed(long userId, Instant until) implements Verdict {}
}
