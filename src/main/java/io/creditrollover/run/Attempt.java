package io.creditrollover.run;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One execution of a run.
 *
 * @param status of Spring Batch; an execution of a killed process stays STARTED until the run resumes
 * @param startedAt null if it never started
 * @param duration null while it works, and of a killed process
 * @param users decided by it, or reversed
 */
public record Attempt(
        long executionId,
        String status,
        @Nullable Instant startedAt,
        @Nullable Duration duration,
        long users) {}
