package io.creditrollover.run;

import io.creditrollover.exit.ExitCode;
import org.jspecify.annotations.Nullable;

/**
 * The end of an attempt.
 *
 * @param run as it is after the attempt
 * @param exitCode of the command
 * @param sentence the cause of an incomplete run, or a remark if nothing was to do; null for none
 */
public record RunOutcome(
        RunSummary run, ExitCode exitCode, @Nullable String sentence) {}
