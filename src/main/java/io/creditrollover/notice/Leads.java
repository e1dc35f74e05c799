package io.creditrollover.notice;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Decides which of the configured times before the cut-off is due. */
final class Leads {
    private Leads() {}

    /**
     * Returns the nearest due lead: a missed one is caught up, and of several only the nearest counts. Empty before the
     * first one and from the cut-off on.
     */
    static Optional<Duration> due(List<Duration> ahead, Instant cutoff, Instant now) {
        if (!now.isBefore(cutoff)) {
            return Optional.empty();
        }
        return ahead.stream().filter(lead -> !now.isBefore(cutoff.minus(lead))).min(Comparator.naturalOrder());
    }

    /** Returns one spelling for equal durations: P7D for seven days, however it is configured. */
    static String code(Duration lead) {
        boolean wholeDays = lead.toSeconds() % 86_400 == 0 && lead.getNano() == 0;
        return wholeDays ? "P" + lead.toDays() + "D" : lead.toString();
    }
}
