package io.creditrollover.run;

import io.creditrollover.exit.ExitCode;
import org.jspecify.annotations.Nullable;

/** The end of an attempt. {@code sentence} is the cause of an incomplete run, or a remark; null for none. */
public record RunOutcome(
        RunSummary run, ExitCode exitCode, @Nullable String sentence) {}
