package io.creditrollover.admin;

import io.creditrollover.config.RolloverProperties;
import io.creditrollover.exit.ExitException;
import io.creditrollover.lease.LeaseHeldException;
import io.creditrollover.run.RolloverService;
import io.creditrollover.run.RunMode;
import io.creditrollover.run.RunStatus;
import io.creditrollover.run.RunSummary;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Starts a due month. Checks the database for its run, not its own last firing, so it also starts a missed month, up to
 * the maximum delay. Of several servers, the lease holder works. A blocked or undone run, or one stopped by a person,
 * is left to a person.
 */
@OnlyWhenServing
@Component
class Schedule extends PeriodicWork {
    private static final Logger log = LoggerFactory.getLogger(Schedule.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(20);
    private static final Duration LATE = Duration.ofMinutes(5);
    private static final Duration BETWEEN_TRIES = Duration.ofMinutes(5);

    private final ScheduleTimes firing;
    private final RolloverService rollovers;
    private final Operations operations;
    private final Audit audit;
    private final Duration mostDelay;
    private Instant nextTry = Instant.MIN;

    Schedule(
            ScheduleTimes firing,
            RolloverService rollovers,
            Operations operations,
            Audit audit,
            RolloverProperties properties) {
        super(ConnectionPools.threadsForRuns("schedule"), Duration.ofSeconds(1), BETWEEN_LOOKS);
        this.firing = firing;
        this.rollovers = rollovers;
        this.operations = operations;
        this.audit = audit;
        this.mostDelay = properties.safety().maxDelay();
    }

    /** Returns whether it started a month. */
    synchronized boolean look() {
        ZonedDateTime due = firing.last();
        LocalDate date = due.toLocalDate().withDayOfMonth(1);
        Instant now = firing.now().toInstant();
        if (now.isBefore(nextTry) || !isOpen(date)) {
            return false;
        }
        Duration late = Duration.between(due.toInstant(), now);
        if (late.compareTo(mostDelay) > 0) {
            nextTry = now.plus(Duration.ofDays(1));
            log.warn(
                    "The run of {} was due at {} and was missed. It is too late to start it now. Start"
                            + " it by hand.",
                    date,
                    due);
            return false;
        }
        if (late.compareTo(LATE) > 0) {
            log.warn("The run of {} was due at {} and has not finished. Starting it now.", date, due);
        }
        nextTry = now.plus(BETWEEN_TRIES);
        return start(date);
    }

    private boolean start(LocalDate date) {
        try {
            return operations
                    .run(new Operations.Order(date, false, null, null), Actor.SCHEDULE)
                    .working();
        } catch (LeaseHeldException elsewhere) {
            log.info("Another process is working on the run of {}.", date);
        } catch (ExitException refused) {
            log.error("The scheduled run of {} did not start: {}", date, refused.sentence());
        }
        return false;
    }

    /** The month has no run, or an unfinished one not stopped by a person. */
    private boolean isOpen(LocalDate date) {
        Optional<RunSummary> latest = rollovers.runs().stream()
                .filter(run -> run.mode() == RunMode.LIVE && run.rolloverDate().equals(date))
                .findFirst();
        return latest.isEmpty()
                || latest.get().status() == RunStatus.FAILED
                || latest.get().status() == RunStatus.RUNNING
                || (latest.get().status() == RunStatus.STOPPED && !wasStoppedByHand(latest.get()));
    }

    private boolean wasStoppedByHand(RunSummary run) {
        String target = Operations.execution(Objects.requireNonNullElse(run.executionId(), -1L));
        return audit.wasDoneTo(target, "stop");
    }

    @Override
    void work() {
        try {
            look();
        } catch (RuntimeException failure) {
            log.error("The schedule could not check whether a month is due. It retries soon.", failure);
        }
    }

    @Override
    public boolean isAutoStartup() {
        return firing.isScheduled();
    }
}
