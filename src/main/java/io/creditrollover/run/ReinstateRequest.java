package io.creditrollover.run;

import io.creditrollover.lease.StopSignal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A request to {@link ReinstateService}.
 *
 * @param user see {@link Users#find}
 * @param date the rollover date; null for that of the user's latest expiry
 * @param reason a person's reason, stored on the run and the event
 * @param dryRun true to report only
 */
public record ReinstateRequest(
        String user,
        @Nullable LocalDate date,
        String reason,
        boolean dryRun,
        String requestedBy,
        StopSignal signal,
        Progress progress) {
    /** Rejects (64) an invalid reason. */
    public ReinstateRequest {
        reason = ReasonText.checked("The REASON", reason);
    }
}
