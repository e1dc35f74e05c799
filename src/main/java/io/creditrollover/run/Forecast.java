package io.creditrollover.run;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * The expected result of a run now.
 *
 * @param cutoff payments before it count for the ended month
 * @param zone the business zone
 * @param wouldBlock one sentence for each safety limit blocking a live run
 * @param notApplied one sentence for each limit not applied
 */
public record Forecast(
        LocalDate rolloverDate,
        Instant cutoff,
        String zone,
        @JsonUnwrapped ForecastFigures figures,
        List<String> wouldBlock,
        List<String> notApplied) {}
