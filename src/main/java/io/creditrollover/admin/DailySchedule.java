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
import java.time.ZonedDateTime;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.support.CronExpression;
import org.springframework.stereotype.Component;

/**
 * Does the daily work in {@code serve}. A missed day needs no care: the next one does everything due by then. Of several
 * servers, the holder of the daily lease works.
 */
@OnlyWhenServing
@Component
class DailySchedule implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(DailySchedule.class);
    private static final long LOOK_SECONDS = 20;

    private final RolloverProperties.Schedule schedule;
    private final CronExpression cron;
    private final Clock clock;
    private final DailyService daily;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "daily");
        thread.setDaemon(true);
        return thread;
    });
    private final StopSignal stop = new StopSignal();
    private @Nullable ZonedDateTime next;
    private volatile boolean running;

    DailySchedule(RolloverProperties properties, Clock clock, DailyService daily) {
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

    private void lookSafely() {
        try {
            look();
        } catch (RuntimeException failure) {
            log.error("The daily work failed. The next day tries again.", Masked.trace(failure));
        }
    }

    @Override
    public void start() {
        running = true;
        if (schedule.enabled()) {
            var unused = timer.scheduleWithFixedDelay(this::lookSafely, 1, LOOK_SECONDS, TimeUnit.SECONDS);
        }
    }

    @Override
    public void stop() {
        running = false;
        stop.request();
        timer.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
