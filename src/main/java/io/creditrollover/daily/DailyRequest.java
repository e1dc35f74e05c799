package io.creditrollover.daily;

import io.creditrollover.lease.StopSignal;
import io.creditrollover.run.Progress;

/**
 * A request for the daily work.
 *
 * @param dryRun decide and report only
 * @param signal ends the current part, and prevents further ones
 */
public record DailyRequest(boolean dryRun, String requestedBy, StopSignal signal, Progress progress) {
    DailyRequest asDryRun() {
        return new DailyRequest(true, requestedBy, signal, progress);
    }
}
