package io.creditrollover.admin;

import io.creditrollover.config.RolloverProperties;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.util.Objects;
import org.springframework.scheduling.support.CronExpression;
import org.springframework.stereotype.Component;

/** Firing times in the business zone. */
@OnlyWhenServing
@Component
class ScheduleTimes {
    private static final int LOOK_BACK_DAYS = 62;

    private final RolloverProperties.Schedule schedule;
    private final CronExpression cron;
    private final Clock clock;

    ScheduleTimes(RolloverProperties properties, Clock clock) {
        this.schedule = properties.schedule();
        this.cron = CronExpression.parse(properties.schedule().cron());
        this.clock = clock.withZone(properties.zone());
    }

    boolean isScheduled() {
        return schedule.enabled();
    }

    ZonedDateTime now() {
        return ZonedDateTime.now(clock);
    }

    ZonedDateTime next() {
        return Objects.requireNonNullElse(cron.next(now()), now());
    }

    /** Returns 62 days ago if there was none since. */
    ZonedDateTime last() {
        ZonedDateTime now = now();
        ZonedDateTime last = now.minusDays(LOOK_BACK_DAYS);
        ZonedDateTime next = cron.next(last);
        while (next != null && !next.isAfter(now)) {
            last = next;
            next = cron.next(last);
        }
        return last;
    }
}
