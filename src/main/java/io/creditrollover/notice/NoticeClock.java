package io.creditrollover.notice;

import io.creditrollover.config.RolloverProperties;
import io.creditrollover.run.DatabaseClock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import org.springframework.stereotype.Component;

/** The database's clock, in the business zone. */
@Component
class NoticeClock {
    private final DatabaseClock clock;
    private final ZoneId zone;

    NoticeClock(DatabaseClock clock, RolloverProperties properties) {
        this.clock = clock;
        this.zone = properties.zone();
    }

    Instant now() {
        return clock.now();
    }

    LocalTime timeOfDay() {
        return now().atZone(zone).toLocalTime();
    }

    /** Returns the first rollover date whose cut-off is in the future. */
    LocalDate nextRollover() {
        return LocalDate.ofInstant(now(), zone).withDayOfMonth(1).plusMonths(1);
    }
}
