package io.creditrollover.remote;

import io.creditrollover.exit.ExitCode;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * How a worker's life ended.
 *
 * @param work what it did
 * @param exitCode how the command ends
 * @param sentence what to tell the person
 */
public record WorkerReport(Work work, ExitCode exitCode, String sentence) {
    /**
     * What a worker did.
     *
     * @param runId the run it worked on; null where none came
     * @param rolloverDate the run's date; null where none came
     * @param runStatus where the run stood at the end; null where none came
     * @param ranges ranges that it finished
     * @param users users whom it decided or set aside, in ranges finished or not
     */
    public record Work(
            @Nullable Long runId,
            @Nullable LocalDate rolloverDate,
            @Nullable String runStatus,
            long ranges,
            long users) {}
}
