package io.creditrollover.admin;

import java.time.Duration;

/** Durations for people, in the largest unit that still says something. */
final class Durations {
    private static final int TWO = 2;

    private Durations() {}

    static String words(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < TWO * 60) {
            return seconds + " s";
        }
        if (seconds < TWO * 3_600) {
            return Math.round(seconds / 60.0) + " min";
        }
        return duration.toHours() < TWO * 24 ? duration.toHours() + " h" : duration.toDays() + " days";
    }
}
