package io.creditrollover.run;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * What a run of a date would do if it ran now.
 *
 * @param cutoff payments before it count for the month that ends
 * @param zone the business zone
 * @param figures users and credits
 * @param wouldBlock one sentence for each safety limit that a live run would not pass now
 * @param notApplied one sentence for each limit that could not be applied
 */
public record Forecast(
        LocalDate rolloverDate,
        Instant cutoff,
        String zone,
        @JsonUnwrapped ForecastFigures figures,
        List<String> wouldBlock,
        List<String> notApplied) {}
