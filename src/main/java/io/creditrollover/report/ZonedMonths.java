package io.creditrollover.report;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.springframework.jdbc.support.SqlArrayValue;

/**
 * Day starts in a business zone as SQL parameters. Java converts them: PostgreSQL reads a zone such as {@code +05:30}
 * or {@code UTC+05:30} with the opposite sign.
 */
final class ZonedMonths {
    private ZonedMonths() {}

    static SqlArrayValue dates(List<LocalDate> dates) {
        return new SqlArrayValue("date", dates.stream().map(LocalDate::toString).toArray());
    }

    static SqlArrayValue startsOfDay(List<LocalDate> dates, ZoneId zone) {
        return new SqlArrayValue(
                "timestamptz",
                dates.stream()
                        .map(date -> date.atStartOfDay(zone).toInstant().toString())
                        .toArray());
    }
}
