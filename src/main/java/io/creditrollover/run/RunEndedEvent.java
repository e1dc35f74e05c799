package io.creditrollover.run;

import org.jspecify.annotations.Nullable;

/**
 * An attempt at a run ended, or a run was undone.
 *
 * @param status never {@link RunStatus#RUNNING}
 * @param message null if it completed
 */
public record RunEndedEvent(
        long runId,
        RunMode mode,
        RunStatus status,
        @Nullable String message) {}
