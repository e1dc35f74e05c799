package io.creditrollover.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Checks of single values; each names the key, what it must be and what it is. */
final class Range {
    private Range() {}

    static void of(String key, int value, int min, int max) {
        if (value < min || value > max) {
            throw wrong(key, "must be from " + min + " to " + max + ", not " + value);
        }
    }

    static void percent(String key, @Nullable Double value) {
        if (value != null && !(value >= 0 && value <= 100)) {
            throw wrong(key, "must be a percentage from 0 to 100, not " + value);
        }
    }

    static void notNegative(String key, Duration value) {
        atLeast(key, value, Duration.ZERO);
    }

    static void atLeast(String key, Duration value, Duration min) {
        if (value.compareTo(min) < 0) {
            throw wrong(key, "must be a duration of at least " + min + ", not " + value);
        }
    }

    static void address(String key, String value) {
        if (!value.matches("[^\\s@,;<>]+@[^\\s@,;<>]+")) {
            throw wrong(key, "must be mail addresses such as ops@example.com, separated by commas, not " + value);
        }
    }

    static WrongSettingException wrong(String key, String what) {
        return new WrongSettingException(key + " " + what + ".");
    }
}
