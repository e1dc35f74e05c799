package io.creditrollover.undo;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The events that a pass reads: first the candidates of the review, in further passes those whose users the host held.
 * Belongs to one attempt. Not thread-safe.
 */
public final class LockedEvents {
    private EventIds read = EventIds.ALL;
    private Map<Long, Long> userByEvent = new TreeMap<>();
    private int furtherPasses;

    void add(ReversibleEvent event) {
        userByEvent.put(event.eventId(), event.userId());
    }

    /** Chooses the events of the first pass; all without a call. */
    public void begin(EventIds candidates) {
        read = candidates;
    }

    EventIds ofThisPass() {
        return read;
    }

    /** Returns the users left by this pass. */
    public List<Long> users() {
        return List.copyOf(userByEvent.values());
    }

    public int furtherPasses() {
        return furtherPasses;
    }

    /** Begins a pass over the events left. */
    public void again() {
        read = EventIds.of(userByEvent.keySet());
        userByEvent = new TreeMap<>();
        furtherPasses++;
    }
}
