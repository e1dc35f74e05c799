package io.creditrollover.run;

import io.creditrollover.lease.StopSignal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A request to {@link SecondLookService}.
 *
 * @param date the rollover date; null for every run with an open window
 * @param dryRun true to report only
 */
public record SecondLookRequest(
        @Nullable LocalDate date, boolean dryRun, String requestedBy, StopSignal signal, Progress progress) {}
