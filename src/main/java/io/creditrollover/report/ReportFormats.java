package io.creditrollover.report;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers and dates in texts, mails and reports. The console adds those of its zone and currency. */
public final class ReportFormats {
    /** Shown for a missing value. */
    static final String NOTHING = "–";

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm", Locale.ENGLISH);

    private ReportFormats() {}

    /** Groups digits by three. */
    public static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** {@code share} is 0 to 1. */
    public static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f%%", share * 100);
    }

    /** Returns a day for a sentence, such as 1 December 2026. */
    public static String day(LocalDate date) {
        return DAY.format(date);
    }

    static String month(LocalDate rolloverDate) {
        return rolloverDate.toString().substring(0, 7);
    }

    static String shortMonth(LocalDate rolloverDate) {
        return rolloverDate.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
    }

    static String moment(@Nullable Instant moment, ZoneId zone) {
        return moment == null ? NOTHING : minute(moment, zone) + " " + zone;
    }

    /** Without the zone, where a table names it once. */
    static String minute(Instant moment, ZoneId zone) {
        return MINUTE.format(moment.atZone(zone));
    }

    static String code(String code) {
        return code.toLowerCase(Locale.ROOT).replace('_', ' ').replace('-', ' ');
    }
}
