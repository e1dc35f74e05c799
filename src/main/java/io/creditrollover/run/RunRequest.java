package io.creditrollover.run;

import io.creditrollover.lease.StopSignal;
import io.creditrollover.rollover.PartitionHandlerFactory;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of {@link RolloverService}.
 *
 * @param date the rollover date; null for that of the current month in the business zone
 * @param dryRun whether to decide only
 * @param approve why limits may be passed; null where they may not
 * @param planExecutionId a dry run to carry out; null for none
 * @param requestedBy who asks
 * @param signal asks the attempt to stop
 * @param progress is told how far it is
 * @param workers who works through the ranges of a live run; those of a dry run are worked on here
 */
public record RunRequest(
        @Nullable LocalDate date,
        boolean dryRun,
        @Nullable String approve,
        @Nullable Long planExecutionId,
        String requestedBy,
        StopSignal signal,
        Progress progress,
        PartitionHandlerFactory workers) {
    /** Refuses (64) an approval that says nothing: it would let every safety limit pass. */
    public RunRequest {
        approve = approve == null ? null : ReasonText.checked("The REASON of --approve", approve);
    }

    /** A request that this process carries out alone. */
    public RunRequest(
            @Nullable LocalDate date,
            boolean dryRun,
            @Nullable String approve,
            @Nullable Long planExecutionId,
            String requestedBy,
            StopSignal signal,
            Progress progress) {
        this(date, dryRun, approve, planExecutionId, requestedBy, signal, progress, PartitionHandlerFactory.LOCAL);
    }
}
