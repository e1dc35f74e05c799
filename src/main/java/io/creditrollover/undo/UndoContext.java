package io.creditrollover.undo;

import io.creditrollover.lease.FencingGuard;
import io.creditrollover.lease.StopSignal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The input of an undo or reinstatement.
 *
 * @param runId the run of the undo or reinstatement itself
 * @param undoneRunId the live run whose events are read
 * @param onlyUserId the only user; null for all
 * @param date the rollover date of both runs
 * @param action of the new events; each event gets it once
 * @param review decides how much to add back
 * @param busy the events left by a pass
 * @param guard locks the token in each chunk
 * @param signal prevents further chunks
 */
public record UndoContext(
        long runId,
        long undoneRunId,
        @Nullable Long onlyUserId,
        LocalDate date,
        Action action,
        Review review,
        LockedEvents busy,
        FencingGuard guard,
        StopSignal signal) {
    ReversibleEvents.Scope scope() {
        return new ReversibleEvents.Scope(runId, undoneRunId, onlyUserId, action);
    }

    /** The effect of a new event. */
    public enum Action {
        REVERSAL("reversal"),
        REINSTATEMENT("reinstatement");

        private final String code;

        Action(String code) {
            this.code = code;
        }

        /** Returns the value of {@code credit_rollover_events.action}. */
        public String code() {
            return code;
        }
    }
}
