package io.creditrollover.config;

import java.time.LocalTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The hours of a day, in the business zone, in which no notice is sent. May span midnight.
 *
 * @param from first quiet minute
 * @param until first minute after them
 */
public record QuietHours(LocalTime from, LocalTime until) {
    private static final Pattern HOURS = Pattern.compile("([01]\\d|2[0-3]):([0-5]\\d)-([01]\\d|2[0-3]):([0-5]\\d)");

    /** Returns null for an empty text: no quiet hours. */
    static @Nullable QuietHours parse(String key, String text) {
        if (text.isBlank()) {
            return null;
        }
        Matcher hours = HOURS.matcher(text.strip());
        if (!hours.matches()) {
            throw SettingChecks.wrong(key, "must be two times of day such as 21:00-10:00, or empty, not " + text);
        }
        QuietHours quiet = new QuietHours(at(hours, 1), at(hours, 3));
        if (quiet.from.equals(quiet.until)) {
            throw SettingChecks.wrong(key, "must be empty or have two different times, not " + text);
        }
        return quiet;
    }

    public boolean contains(LocalTime time) {
        return from.isBefore(until)
                ? !time.isBefore(from) && time.isBefore(until)
                : !time.isBefore(from) || time.isBefore(until);
    }

    private static LocalTime at(Matcher hours, int group) {
        return LocalTime.of(Integer.parseInt(hours.group(group)), Integer.parseInt(hours.group(group + 1)));
    }
}
