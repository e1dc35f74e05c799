package io.creditrollover.admin;

import io.creditrollover.config.RolloverProperties;
import io.creditrollover.report.Money;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Formats for pages, in the business zone. */
@OnlyWhenServing
@Component
class Formats {
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MMMM uuuu", Locale.ENGLISH);
    private static final DateTimeFormatter SHORT_MONTH = DateTimeFormatter.ofPattern("MMM uu", Locale.ENGLISH);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm:ss", Locale.ENGLISH);

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);

    private final ZoneId zone;
    private final Money money;

    Formats(RolloverProperties properties) {
        this.zone = properties.zone();
        this.money = Money.of(properties);
    }

    ZoneId zone() {
        return zone;
    }

    Money money() {
        return money;
    }

    static String month(LocalDate date) {
        return MONTH.format(date);
    }

    static String shortMonth(LocalDate date) {
        return SHORT_MONTH.format(date);
    }

    static String day(LocalDate date) {
        return DAY.format(date);
    }

    /** Returns hour and minute, for a moment not long ago. */
    String clock(Instant instant) {
        return CLOCK.format(instant.atZone(zone));
    }

    /** Returns a dash for null. */
    String time(@Nullable Instant instant) {
        return instant == null ? "–" : TIME.format(instant.atZone(zone));
    }

    /** Returns a dash for null. {@code minor} is in hundredths. */
    String money(@Nullable Long minor) {
        return minor == null ? "–" : money.of(minor);
    }
}
