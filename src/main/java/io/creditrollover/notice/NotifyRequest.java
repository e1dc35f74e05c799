package io.creditrollover.notice;

import io.creditrollover.lease.StopSignal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * @param date tells about this rollover date only; null for the next one and all ended runs
 * @param dryRun counts what would be planned; writes and sends nothing
 * @param requestedBy the actor, for the lease
 * @param signal ends the delivery after the current batch
 */
public record NotifyRequest(@Nullable LocalDate date, boolean dryRun, String requestedBy, StopSignal signal) {}
