package io.creditrollover.run;

import org.jspecify.annotations.Nullable;

/** An attempt at a run ended, or a run was undone. {@code message} is null if it completed. */
public record RunEndedEvent(
        long runId,
        RunMode mode,
        RunStatus status,
        @Nullable String message) {}
