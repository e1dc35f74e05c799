package io.creditrollover.run;

import io.creditrollover.exit.ExitCode;
import org.jspecify.annotations.Nullable;

/**
 * How an attempt ended.
 *
 * @param run the run after it
 * @param exitCode how the command ends
 * @param sentence what to tell the person: the cause where it did not complete, a remark where nothing had to be done
 */
public record RunOutcome(
        RunSummary run, ExitCode exitCode, @Nullable String sentence) {}
