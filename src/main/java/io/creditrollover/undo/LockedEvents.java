package io.creditrollover.undo;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Events to change whose users the host held; a further pass reads only them. Belongs to one attempt. Not thread-safe. */
public final class LockedEvents {
    private @Nullable List<Long> read;
    private Map<Long, Long> userByEvent = new TreeMap<>();
    private int furtherPasses;

    void add(ReversibleEvent event) {
        userByEvent.put(event.eventId(), event.userId());
    }

    /** Returns the events of this pass; null for all. */
    @Nullable List<Long> ofThisPass() {
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
        read = List.copyOf(userByEvent.keySet());
        userByEvent = new TreeMap<>();
        furtherPasses++;
    }
}
