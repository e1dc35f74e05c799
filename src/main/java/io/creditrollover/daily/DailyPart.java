package io.creditrollover.daily;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One part of the daily work: does what is due, and nothing the second time.
 *
 * @param name in the JSON
 * @param whenDisabled whether it works while {@code rollover.enabled} is false
 */
record DailyPart(String name, boolean whenDisabled, Work work) {
    DailyPart {
        Objects.requireNonNull(work);
    }

    @FunctionalInterface
    interface Work {
        /** Returns a sentence; null if nothing was due. Any exception fails this part only. */
        @Nullable String run(DailyRequest request) throws InterruptedException;
    }
}
