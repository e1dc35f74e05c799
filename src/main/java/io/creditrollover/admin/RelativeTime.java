package io.creditrollover.admin;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * A moment for a page: how long ago, and exactly.
 *
 * @param words such as {@code 4 min ago}; the exact time from a week on
 * @param exact in the business zone, for the tooltip
 * @param machine ISO 8601, for {@code <time datetime>}
 */
record RelativeTime(String words, String exact, String machine) {
    private static final Duration A_WEEK = Duration.ofDays(7);

    static RelativeTime of(Instant moment, Clock clock, Formats texts) {
        String exact = texts.time(moment);
        return new RelativeTime(words(Duration.between(moment, clock.instant()), exact), exact, moment.toString());
    }

    private static String words(Duration age, String exact) {
        if (age.compareTo(A_WEEK) >= 0 || age.isNegative()) {
            return exact;
        }
        if (age.toMinutes() < 1) {
            return "just now";
        }
        if (age.toHours() < 1) {
            return age.toMinutes() + " min ago";
        }
        if (age.toDays() < 1) {
            return age.toHours() + " h ago";
        }
        return age.toDays() == 1 ? "yesterday" : age.toDays() + " days ago";
    }
}
