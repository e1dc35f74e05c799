package io.creditrollover.webhook;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * The result of one attempt.
 *
 * @param status the HTTP status; 0 without an answer
 * @param retryAfter what the receiver asked for
 * @param error empty if accepted. Never text of the receiver
 * @param stopped whether this process was asked to stop during the attempt
 */
record Answer(int status, Optional<Duration> retryAfter, String error, boolean stopped) {
    private static final int OK = 200;
    private static final int REDIRECT = 300;
    private static final int ERROR = 400;
    private static final int GONE = 410;
    private static final int TOO_MANY = 429;

    /** The receiver is alive and wants time. */
    static final String RATE_LIMITED = error(TOO_MANY);

    static final Answer STOPPED = new Answer(0, Optional.empty(), "the attempt was stopped", true);

    static Answer none(String error) {
        return new Answer(0, Optional.empty(), error, false);
    }

    static Answer of(int status, Optional<Duration> retryAfter) {
        return new Answer(status, retryAfter, error(status), false);
    }

    private static String error(int status) {
        if (status >= OK && status < REDIRECT) {
            return "";
        }
        return status >= REDIRECT && status < ERROR
                ? "it answered " + status + ", a redirect, which is not followed"
                : "it answered " + status;
    }

    boolean isAccepted() {
        return status >= OK && status < REDIRECT;
    }

    boolean isGone() {
        return status == GONE;
    }

    /** Asks for a later attempt, which is no failure. */
    boolean isRateLimit() {
        return status == TOO_MANY && retryAfter.isPresent();
    }

    /** Reads {@code Retry-After}: seconds, or a date; empty if it is neither. */
    static Optional<Duration> retryAfter(String header, Instant now) {
        String text = header.strip();
        if (text.matches("\\d{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
        }
        try {
            return Optional.of(Duration.between(
                    now,
                    ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant()));
        } catch (DateTimeParseException garbage) {
            return Optional.empty();
        }
    }
}
