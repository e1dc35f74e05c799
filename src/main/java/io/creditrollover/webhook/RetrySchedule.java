package io.creditrollover.webhook;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The waiting times of Standard Webhooks, each up to a tenth longer. The last one repeats: no event is given up. */
final class RetrySchedule {
    private static final List<Duration> WAITS = List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(14),
            Duration.ofHours(20),
            Duration.ofHours(24));

    private static final Duration MIN_ASKED = Duration.ofSeconds(1);
    private static final Duration MAX_ASKED = Duration.ofHours(24);
    private static final int TENTHS = 10;

    private final RandomGenerator random;

    RetrySchedule(RandomGenerator random) {
        this.random = random;
    }

    /**
     * Returns the wait after a failed attempt.
     *
     * @param failures at this message, this one included
     * @param answer with what the receiver asked for. A 429 with a time gets that time, anything else at least it
     */
    Duration after(int failures, Answer answer) {
        Duration planned = WAITS.get(Math.min(failures, WAITS.size()) - 1);
        Optional<Duration> asked = answer.retryAfter().map(RetrySchedule::bounded);
        Duration wait = asked.map(time -> answer.isRateLimit() || time.compareTo(planned) > 0 ? time : planned)
                .orElse(planned);
        return wait.plusMillis(random.nextLong(wait.toMillis() / TENTHS + 1));
    }

    private static Duration bounded(Duration asked) {
        return asked.compareTo(MIN_ASKED) < 0 ? MIN_ASKED : asked.compareTo(MAX_ASKED) > 0 ? MAX_ASKED : asked;
    }
}
