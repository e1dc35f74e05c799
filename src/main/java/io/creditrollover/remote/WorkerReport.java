package io.creditrollover.remote;

import io.creditrollover.exit.ExitCode;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Result of a worker.
 *
 * @param work the work done
 * @param exitCode exit code of the command
 * @param sentence for people
 */
public record WorkerReport(Work work, ExitCode exitCode, String sentence) {
    /**
     * Work done by a worker.
     *
     * @param runId the run; null for none
     * @param rolloverDate the run's date; null without a run
     * @param runStatus the run's status at the end; null without a run
     * @param ranges number of finished partitions
     * @param users users decided or skipped, in finished and unfinished partitions
     */
    public record Work(
            @Nullable Long runId,
            @Nullable LocalDate rolloverDate,
            @Nullable String runStatus,
            long ranges,
            long users) {}
}
