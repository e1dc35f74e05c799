package io.creditrollover.notice;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.config.NoticeProperties;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When users are told. The cut-off of 1 December in Kolkata is 18:30 UTC of the day before. */
class LeadsTest {
    private static final List<Duration> AHEAD = List.of(Duration.ofDays(7), Duration.ofDays(1));
    private static final Instant CUTOFF = Instant.parse("2026-11-30T18:30:00Z");

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "2026-11-23T18:29:59.999Z, -",
                "2026-11-23T18:30:00Z, P7D",
                "2026-11-26T00:00:00Z, P7D", // missed days are caught up
                "2026-11-29T18:29:59.999Z, P7D",
                "2026-11-29T18:30:00Z, P1D", // only the nearest of two
                "2026-11-30T18:29:59.999Z, P1D",
                "2026-11-30T18:30:00Z, -", // nothing from the cut-off on
                "2026-12-05T00:00:00Z, -",
            })
    void theNearestDueLeadCounts(Instant now, @Nullable String expected) {
        assertThat(Leads.due(AHEAD, CUTOFF, now).map(Leads::code).orElse(null)).isEqualTo(expected);
    }

    @Test
    void equalDurationsAreOneLead() {
        assertThat(List.of(Duration.parse("PT168H"), Duration.parse("P7D")))
                .extracting(Leads::code)
                .containsExactly("P7D", "P7D");
        assertThat(Leads.code(Duration.ofHours(36))).isEqualTo("PT36H");
    }

    @ParameterizedTest
    @CsvSource({
        "21:00-10:00, 20:59:59, false",
        "21:00-10:00, 21:00, true",
        "21:00-10:00, 00:00, true",
        "21:00-10:00, 09:59:59, true",
        "21:00-10:00, 10:00, false",
        "01:00-02:00, 01:30, true",
        "01:00-02:00, 02:00, false",
        "01:00-02:00, 00:59, false",
    })
    void quietHoursMaySpanMidnight(String hours, LocalTime time, boolean quiet) {
        assertThat(Objects.requireNonNull(with(hours).quietHours()).contains(time))
                .isEqualTo(quiet);
    }

    @Test
    void emptyMeansNoQuietHours() {
        assertThat(with("").quietHours()).isNull();
    }

    private static NoticeProperties with(String quiet) {
        return new NoticeProperties(
                false, AHEAD, quiet, false, Duration.ZERO, null, null, new NoticeProperties.Mail(null, null, 20));
    }
}
