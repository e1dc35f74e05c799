package io.creditrollover.demo;

import io.creditrollover.lease.StopSignal;
import io.creditrollover.run.Progress;
import io.creditrollover.run.Readiness;
import io.creditrollover.run.ReinstateRequest;
import io.creditrollover.run.ReinstateService;
import io.creditrollover.run.RolloverService;
import io.creditrollover.run.RunOutcome;
import io.creditrollover.run.RunRequest;
import io.creditrollover.run.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Twelve months, each run on its own 1st at 02:00. The first carries out a dry run, one fails and is resumed, one is
 * blocked and approved, and one user's credits are reinstated.
 */
final class DemoYear {
    static final int MONTHS = 12;
    static final int MONTHS_BEFORE = 8;

    private static final String CRON = "cron@batch-1";
    private static final String OLGA = "olga via serve";
    private static final int FAILS = 5;
    private static final int IS_BLOCKED = 8;
    private static final int HAS_A_COMPLAINT = 10;

    private final RolloverService rollovers;
    private final ReinstateService reinstatements;
    private final Readiness tables;
    private final DemoClock clock;
    private final DemoHost host;
    private final ZoneId zone;
    private final Consumer<RunOutcome> told;

    DemoYear(
            ConfigurableApplicationContext product,
            DemoClock clock,
            DemoHost host,
            ZoneId zone,
            Consumer<RunOutcome> told) {
        this.rollovers = product.getBean(RolloverService.class);
        this.reinstatements = product.getBean(ReinstateService.class);
        this.tables = product.getBean(Readiness.class);
        this.clock = clock;
        this.host = host;
        this.zone = zone;
        this.told = told;
    }

    /** The latest 1st whose run is well over by now. */
    static LocalDate last(Instant now, ZoneId zone) {
        return now.atZone(zone).minusHours(4).toLocalDate().withDayOfMonth(1);
    }

    /** Installs the product two days before the first month, and lets the year pass. */
    void pass(LocalDate last) throws InterruptedException {
        clock.moveTo(at(last.minusMonths(MONTHS - 1L), 1, 0, 0).minus(Duration.ofDays(2)));
        tables.migrate(OLGA, new StopSignal());
        for (int month = MONTHS_BEFORE; month > 0; month--) {
            host.liveUntil(at(last.minusMonths(MONTHS - 1L + month), 1, 2, 0));
        }
        for (int month = 0; month < MONTHS; month++) {
            LocalDate date = last.minusMonths(MONTHS - 1L - month);
            host.liveUntil(at(date, 1, 2, 0));
            if (month == MONTHS - 1) {
                host.payInWaysThatNobodyUnderstands();
            }
            switch (month) {
                case 0 -> runsAsPlanned(date);
                case FAILS -> failsAndIsResumed(date);
                case IS_BLOCKED -> isBlockedAndApproved(date);
                default -> runs(date);
            }
            if (month == HAS_A_COMPLAINT) {
                complains(date);
            }
        }
        clock.moveToNow();
        host.liveUntil(Instant.now());
    }

    private void runs(LocalDate date) throws InterruptedException {
        run(at(date, 1, 2, 0), request(date, null, null, CRON), RunStatus.COMPLETED);
    }

    private void runsAsPlanned(LocalDate date) throws InterruptedException {
        RunRequest dryRun = new RunRequest(date, true, null, null, OLGA, new StopSignal(), Progress.SILENT);
        Long plan = run(at(date, 1, 1, 15), dryRun, RunStatus.COMPLETED).run().executionId();
        run(at(date, 1, 2, 0), request(date, null, plan, OLGA), RunStatus.COMPLETED);
    }

    private void failsAndIsResumed(LocalDate date) throws InterruptedException {
        host.freezeBalances(true);
        RunOutcome failed = run(at(date, 1, 2, 0), request(date, null, null, CRON), RunStatus.FAILED);
        host.freezeBalances(false);
        clock.moveTo(at(date, 1, 9, 14));
        long execution = failed.run().executionId() == null ? 0 : failed.run().executionId();
        told(rollovers.restart(execution, request(null, null, null, OLGA)), RunStatus.COMPLETED);
    }

    private void isBlockedAndApproved(LocalDate date) throws InterruptedException {
        host.giveABonus();
        run(at(date, 1, 2, 0), request(date, null, null, CRON), RunStatus.BLOCKED);
        String reason = "The bonus of last week ends as announced; checked with finance";
        run(at(date, 1, 10, 2), request(date, reason, null, OLGA), RunStatus.COMPLETED);
    }

    private void complains(LocalDate date) throws InterruptedException {
        Instant moment = at(date, 3, 11, 40);
        host.payUntil(moment);
        clock.moveTo(moment);
        reinstatements.reinstate(new ReinstateRequest(
                String.valueOf(host.aDisappointedUser()),
                date,
                "ticket 4711: the new card arrived a day late",
                false,
                OLGA,
                new StopSignal(),
                Progress.SILENT));
        clock.stampExecutions();
    }

    private RunOutcome run(Instant moment, RunRequest request, RunStatus expected) throws InterruptedException {
        clock.moveTo(moment);
        return told(rollovers.run(request), expected);
    }

    private RunOutcome told(RunOutcome outcome, RunStatus expected) {
        clock.stampExecutions();
        if (outcome.run().status() != expected) {
            throw new IllegalStateException("The demo expected " + expected + ": " + outcome);
        }
        told.accept(outcome);
        return outcome;
    }

    private static RunRequest request(
            @Nullable LocalDate date, @Nullable String approve, @Nullable Long plan, String requestedBy) {
        return new RunRequest(date, false, approve, plan, requestedBy, new StopSignal(), Progress.SILENT);
    }

    private Instant at(LocalDate month, int day, int hour, int minute) {
        return month.withDayOfMonth(day).atTime(hour, minute).atZone(zone).toInstant();
    }
}
