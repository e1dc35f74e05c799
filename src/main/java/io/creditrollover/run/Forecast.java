package io.creditrollover.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The expected result of a run now.
 *
 * @param cutoff payments before it count for the ended month
 * @param zone the business zone
 * @param exceeded the safety limits blocking a live run
 * @param notApplied one sentence for each limit not applied
 * @param renewals how many have paid so far; null from the cut-off on
 */
public record Forecast(
        LocalDate rolloverDate,
        Instant cutoff,
        String zone,
        @JsonUnwrapped ForecastFigures figures,
        @JsonIgnore List<ExceededLimit> exceeded,
        List<String> notApplied,
        @Nullable Renewals renewals) {
    /** Returns one sentence for each exceeded limit. */
    @JsonProperty
    public List<String> wouldBlock() {
        return exceeded.stream().map(ExceededLimit::sentence).toList();
    }

    /** Returns whether the cut-off is still to come, so that users may still pay. */
    public boolean isEarly(Instant asOf) {
        return asOf.isBefore(cutoff);
    }
}
