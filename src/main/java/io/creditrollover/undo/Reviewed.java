package io.creditrollover.undo;

import io.creditrollover.decision.PaidPayment;
import io.creditrollover.decision.ReasonCode;
import io.creditrollover.decision.Verdict.Skipped;
import org.jspecify.annotations.Nullable;

/**
 * What to do for an event.
 *
 * @param credits to add back, 0 to {@link ReversibleEvent#missing}
 * @param reasonCode of the new event; null without credits
 * @param reason one sentence; empty without credits
 * @param evidence the payment that shows it; null for none
 * @param listed lists the user for a person; null for none
 */
public record Reviewed(
        ReversibleEvent event,
        int credits,
        @Nullable ReasonCode reasonCode,
        String reason,
        @Nullable PaidPayment evidence,
        @Nullable Skipped listed) {
    public Reviewed {
        if (credits < 0 || credits > event.missing()) {
            throw new IllegalArgumentException(event + " lacks " + event.missing() + " credits, not " + credits);
        }
    }

    public static Reviewed of(
            ReversibleEvent event, int credits, ReasonCode code, String reason, @Nullable PaidPayment evidence) {
        return new Reviewed(event, credits, code, reason, evidence, null);
    }

    public static Reviewed nothing(ReversibleEvent event) {
        return new Reviewed(event, 0, null, "", null, null);
    }

    public Reviewed listing(Skipped user) {
        return new Reviewed(event, credits, reasonCode, reason, evidence, user);
    }

    boolean isNothing() {
        return credits == 0 && listed == null;
    }

    long newBalance() {
        return event.balance() + credits;
    }

    /** The balance may exceed the event's integer columns. */
    boolean fits() {
        return event.balance() >= Integer.MIN_VALUE && newBalance() <= Integer.MAX_VALUE;
    }
}
