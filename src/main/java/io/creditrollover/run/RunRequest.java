package io.creditrollover.run;

import io.creditrollover.lease.StopSignal;
import io.creditrollover.rollover.PartitionHandlerFactory;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A request to {@link RolloverService}.
 *
 * @param date null for the current month in the business zone
 * @param dryRun true to decide only
 * @param approve the reason to pass safety limits; null for none
 * @param planExecutionId the dry run to carry out; null for none
 * @param workers for a live run; a dry run uses this process only
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
    /** Rejects (64) an approval without a reason: it would pass every safety limit. */
    public RunRequest {
        approve = approve == null ? null : ReasonText.checked("The REASON of --approve", approve);
    }

    /** A request for this process alone. */
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
