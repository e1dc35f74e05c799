package io.creditrollover.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The waiting times of Standard Webhooks, and what a receiver may ask for. */
class RetryScheduleTest {
    private static final Answer FAILED = Answer.of(500, Optional.empty());

    private final RetrySchedule schedule = new RetrySchedule(new SplittableRandom(20_261_201L));

    @ParameterizedTest
    @CsvSource({
        "1, PT5S",
        "2, PT5M",
        "3, PT30M",
        "4, PT2H",
        "5, PT5H",
        "6, PT10H",
        "7, PT14H",
        "8, PT20H",
        "9, PT24H",
        "500, PT24H"
    })
    void waitsAsTheSpecificationSaysAndUpToATenthLonger(int failures, Duration planned) {
        for (int i = 0; i < 100; i++) {
            assertThat(schedule.after(failures, FAILED))
                    .isBetween(planned, planned.plusMillis(planned.toMillis() / 10));
        }
    }

    @Test
    void twoWaitsDiffer() {
        assertThat(schedule.after(9, FAILED)).isNotEqualTo(schedule.after(9, FAILED));
    }

    @ParameterizedTest
    @CsvSource({
        "429, 60, 3, PT60S",
        "429, 0, 3, PT1S",
        "429, 999999999, 1, PT24H",
        "503, 60, 1, PT60S",
        "503, 60, 3, PT30M",
    })
    void aReceiverGetsTheTimeThatItAskedFor(int status, long seconds, int failures, Duration planned) {
        Answer asked = Answer.of(status, Optional.of(Duration.ofSeconds(seconds)));
        assertThat(schedule.after(failures, asked)).isBetween(planned, planned.plusMillis(planned.toMillis() / 10));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "120|PT2M",
                "Tue, 1 Dec 2026 02:00:30 GMT|PT30S",
                "Tue, 1 Dec 2026 01:00:00 GMT|PT-1H",
            })
    void aTimeIsReadInBothForms(String header, Duration expected) {
        assertThat(Answer.retryAfter(header, Instant.parse("2026-12-01T02:00:00Z")))
                .contains(expected);
    }

    @ParameterizedTest
    @CsvSource({"soon", "-5", "99999999999999999999", "1e9"})
    void anythingElseIsNoTime(String header) {
        assertThat(Answer.retryAfter(header, Instant.EPOCH)).isEmpty();
    }
}
