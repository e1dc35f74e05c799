package io.creditrollover.remote;

import io.creditrollover.exit.ExitCode;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** The result of a worker. {@code sentence} is for people. */
public record WorkerReport(Work work, ExitCode exitCode, String sentence) {
    /**
     * Work done by a worker.
     *
     * @param runId null without a run, like {@code rolloverDate} and {@code runStatus}
     * @param ranges finished partitions
     * @param users users decided or skipped, also in unfinished partitions
     */
    public record Work(
            @Nullable Long runId,
            @Nullable LocalDate rolloverDate,
            @Nullable String runStatus,
            long ranges,
            long users) {}
}
