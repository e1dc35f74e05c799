package io.creditrollover.decision;

import java.time.Instant;

/** The result of {@link RolloverPolicy#decide}: a decision, a skip or a postponement. */
public sealed interface Verdict permits RolloverDecision, Verdict.Skipped, Verdict.Postponed {
    long userId();

    /** Undecidable: the balance stays, and a person checks the reason. */
    record Skipped(long userId, ReasonCode reasonCode, String reason) implements Verdict {}

    /** A payment is pending; the sweep decides once it is settled, or at {@code until}, the end of its grace. */
    record Postponed(long userId, Instant until) implements Verdict {}
}
