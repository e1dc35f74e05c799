package io.creditrollover.admin;

import io.creditrollover.config.RolloverProperties;
import io.creditrollover.daily.DailyOutcome;
import io.creditrollover.daily.DailyRequest;
import io.creditrollover.daily.DailyService;
import io.creditrollover.exit.ExitException;
import io.creditrollover.exit.Masked;
import io.creditrollover.lease.LeaseHeldException;
import io.creditrollover.lease.StopSignal;
import io.creditrollover.run.Progress;
import java.time.Clock;
import java.time.Duration;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.support.CronExpression;
import org.springframework.stereotype.Component;

/**
 * Does the daily work in {@code serve}. A missed day needs no care: the next one does everything due by then. Of several
 * servers, the holder of the daily lease works.
 */
@OnlyWhenServing
@Component
class DailySchedule extends PeriodicWork {
    private static final Logger log = LoggerFactory.getLogger(DailySchedule.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(20);

    private final RolloverProperties.Schedule schedule;
    private final CronExpression cron;
    private final Clock clock;
    private final DailyService daily;
    private final StopSignal stop = new StopSignal();
    private @Nullable ZonedDateTime next;

    DailySchedule(RolloverProperties properties, Clock clock, DailyService daily) {
        super(ConnectionPools.threadsForRuns("daily"), Duration.ofSeconds(1), BETWEEN_LOOKS);
        this.schedule = properties.schedule();
        this.cron = CronExpression.parse(schedule.dailyCron());
        this.clock = clock.withZone(properties.zone());
        this.daily = daily;
        this.next = cron.next(ZonedDateTime.now(this.clock));
    }

    /** Returns whether it was due. */
    synchronized boolean look() {
        ZonedDateTime now = ZonedDateTime.now(clock);
        if (next == null || now.isBefore(next)) {
            return false;
        }
        next = cron.next(now);
        try {
            report(daily.run(new DailyRequest(false, Actor.SCHEDULE.asRequester(), stop, Progress.SILENT)));
        } catch (LeaseHeldException elsewhere) {
            log.info("Another process does the daily work.");
        } catch (ExitException refused) {
            log.error("The daily work was not done: {}", refused.sentence());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return true;
    }

    private static void report(DailyOutcome outcome) {
        for (DailyOutcome.Part part : outcome.parts()) {
            if (part.error() != null) {
                log.error("Daily work, {}: {}", part.name(), part.error());
            } else if (part.result() != null) {
                log.info("Daily work, {}: {}", part.name(), part.result());
            }
        }
    }

    @Override
    void work() {
        try {
            look();
        } catch (RuntimeException failure) {
            log.error("The daily work failed. The next day tries again.", Masked.trace(failure));
        }
    }

    @Override
    public boolean isAutoStartup() {
        return schedule.enabled();
    }

    @Override
    public void stop() {
        stop.request();
        super.stop();
    }
}
