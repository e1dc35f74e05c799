package io.creditrollover.undo;

import io.creditrollover.decision.ReasonCode;
import java.util.List;

/**
 * Decides how much to add back. Is called for a page without locks, then again for its users to change, now locked in the
 * same transaction: what it reads in the second call began after the lock.
 */
@FunctionalInterface
public interface Review {
    /** Returns one entry per event, in their order. */
    List<Reviewed> of(List<ReversibleEvent> events);

    /** Returns the events of a run that may get something. Needs the timeouts of a long read. */
    default EventIds candidates(long undoneRunId) {
        return EventIds.ALL;
    }

    /** Returns the review that adds back all that is missing. */
    static Review everything(ReasonCode code, String reason) {
        return events -> events.stream()
                .map(event -> Reviewed.of(event, event.missing(), code, reason, null))
                .toList();
    }
}
