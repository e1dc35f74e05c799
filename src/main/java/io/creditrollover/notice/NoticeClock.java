package io.creditrollover.notice;

import io.creditrollover.config.RolloverProperties;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The database's clock, in the business zone. */
@Component
class NoticeClock {
    private final JdbcClient jdbc;
    private final ZoneId zone;

    NoticeClock(JdbcClient jdbc, RolloverProperties properties) {
        this.jdbc = jdbc;
        this.zone = properties.zone();
    }

    Instant now() {
        return jdbc.sql("select clock_timestamp()")
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }

    LocalTime timeOfDay() {
        return now().atZone(zone).toLocalTime();
    }

    /** Returns the first rollover date whose cut-off is in the future. */
    LocalDate nextRollover() {
        return LocalDate.ofInstant(now(), zone).withDayOfMonth(1).plusMonths(1);
    }
}
