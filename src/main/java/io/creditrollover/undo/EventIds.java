package io.creditrollover.undo;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events of a run: all, or some by id. */
public final class EventIds {
    public static final EventIds ALL = new EventIds(null);

    private final long @Nullable [] sorted;

    private EventIds(long @Nullable [] sorted) {
        this.sorted = sorted;
    }

    /** Returns these events only. */
    public static EventIds of(Collection<Long> ids) {
        return new EventIds(ids.stream().mapToLong(Long::longValue).sorted().toArray());
    }

    /** Returns how many; 0 for all. */
    public int size() {
        return sorted == null ? 0 : sorted.length;
    }

    /** Returns up to {@code limit} ids greater than {@code after}, ascending; null for all events. */
    @Nullable List<Long> next(long after, int limit) {
        if (sorted == null) {
            return null;
        }
        int found = Arrays.binarySearch(sorted, after);
        int from = found < 0 ? -found - 1 : found + 1;
        return Arrays.stream(sorted, from, Math.min(sorted.length, from + limit))
                .boxed()
                .toList();
    }
}
