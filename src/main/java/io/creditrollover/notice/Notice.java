package io.creditrollover.notice;

import io.creditrollover.decision.RolloverDecision;
import io.creditrollover.decision.RolloverPolicy;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A notice to send now: its facts were read a moment ago.
 *
 * @param id the notice id, the same at each repetition
 * @param messageId the same at each repetition, for receivers that compare messages
 * @param lead such as P7D; empty unless expiring
 * @param action of the expected decision or of the event
 * @param expected the expected decision; null unless expiring
 * @param runId the run of the event; null for an expected decision
 */
public record Notice(
        long id,
        UUID messageId,
        long userId,
        LocalDate rolloverDate,
        NoticeKind kind,
        String lead,
        int creditsBefore,
        int creditsAfter,
        String action,
        String reasonCode,
        @Nullable Expected expected,
        @Nullable Long runId) {
    /** A decision that a run would make now. */
    public record Expected(RolloverPolicy policy, RolloverDecision decision) {}

    /** Returns the number of credits that expire, expired or were added back. */
    public int credits() {
        return Math.abs(creditsBefore - creditsAfter);
    }
}
