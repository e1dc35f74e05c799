package io.creditrollover.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.Obstacles;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.TestApplication;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import io.creditrollover.lease.StopSignal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which runs a second look is about, until when, and which late renewals are forgiven. */
class SecondLookWindowTest {
    private static final TestDatabase database = TestDatabase.migrated();

    @RegisterExtension
    static final TestApplication product =
            TestApplication.on(database, "rollover.safety.max-delay=P9999D", "rollover.reinstatement.window=P2D");

    private static final LookFixture month = new LookFixture(database, product);
    private HostFixture host;

    @BeforeEach
    void begin() {
        Obstacles.in(database).clear();
        database.reset();
        host = HostFixture.in(database);
    }

    @Test
    void withoutACompletedRunNothingIsDueAndNothingIsWritten() throws Exception {
        SecondLookOutcome look = month.look();

        assertThat(look.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(look.runs()).isEmpty();
        assertThat(database.count("select count(*) from credit_rollover_runs")).isZero();
    }

    @Test
    void theWindowIsOpenUntilSevenDaysAfterTheEndOfTheRun() throws Exception {
        HostFixture.User late = host.aLapsedUser();
        month.run();
        late.paid("monthly", 50, host.inTheMonth());

        month.ended("7 days");
        assertThat(month.look().runs()).isEmpty();
        ExitException closed = LookFixture.refusalOf(() -> month.look(host.date(), false));
        assertThat(closed.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(closed.sentence()).contains("rollover.second-look.window").contains("reinstate USER");
        assertThat(month.reinstatementRuns()).isZero();

        month.ended("6 days 23:59:00");
        assertThat(month.look(host.date(), false).runs()).hasSize(1);
        assertThat(host.creditsOf(late)).isEqualTo(25);
    }

    @Test
    void everyRunWithAnOpenWindowIsLookedAtInOrder() throws Exception {
        LocalDate before = host.date().minusMonths(1);
        HostFixture earlier = host.on(before);
        HostFixture.User first = earlier.aLapsedUser();
        runOf(before);
        HostFixture.User second = host.aLapsedUser();
        month.run();
        first.paid("monthly", 50, earlier.inTheMonth());
        second.paid("monthly", 50, host.inTheMonth());

        SecondLookOutcome look = month.look();

        assertThat(look.runs())
                .extracting(one -> one.outcome().run().rolloverDate())
                .containsExactly(before, host.date());
        assertThat(host.creditsOf(first)).isEqualTo(25);
        assertThat(host.creditsOf(second)).isEqualTo(25);
    }

    @Test
    void aStopAtTheEndOfTheFirstRunLeavesTheOthersToTheNextCall() throws Exception {
        HostFixture earlier = host.on(host.date().minusMonths(1));
        HostFixture.User first = earlier.aLapsedUser();
        runOf(earlier.date());
        HostFixture.User second = host.aLapsedUser();
        month.run();
        first.paid("monthly", 50, earlier.inTheMonth());
        second.paid("monthly", 50, host.inTheMonth());
        StopSignal signal = new StopSignal();
        Thread caller = Thread.currentThread();
        // Only the last report of a run comes from the caller's thread.
        Progress stopping = (done, total) -> {
            if (Thread.currentThread() == caller) {
                signal.request();
            }
        };

        SecondLookOutcome stopped = product.bean(SecondLookService.class)
                .lookAtAllDue(new SecondLookRequest(null, false, "a test", signal, stopping));

        assertThat(stopped.exitCode()).isEqualTo(ExitCode.RETRY);
        assertThat(stopped.runs()).hasSize(1);
        assertThat(stopped.sentence())
                .contains("reinstated 25 credits of 1 users")
                .contains("Stopped before the second look at run ", " of " + host.date() + ". Call it again.");
        assertThat(host.creditsOf(first)).isEqualTo(25);
        assertThat(host.creditsOf(second)).isZero();
        assertThat(month.look().exitCode()).isEqualTo(ExitCode.OK);
        assertThat(host.creditsOf(second)).isEqualTo(25);
    }

    @Test
    void aRunThatIsNotCompletedOrUndoneIsNotLookedAt() throws Exception {
        host.aLapsedUser();
        long run = month.run();
        LocalDate never = host.date().minusMonths(1);
        assertThat(codeOf(never)).isEqualTo(ExitCode.USAGE);
        assertThat(LookFixture.refusalOf(() -> month.look(never, false)).sentence())
                .startsWith("There is no live run of " + never);
        database.execute("update credit_rollover_runs set status = 'FAILED'");
        assertThat(codeOf(host.date())).isEqualTo(ExitCode.USAGE);
        assertThat(month.look().runs()).isEmpty();
        month.undo(run, null);
        assertThat(codeOf(host.date())).isEqualTo(ExitCode.USAGE);
        assertThat(month.look().runs()).isEmpty();
    }

    @Test
    void aWindowOfNothingSwitchesItOff() throws Exception {
        host.aLapsedUser();
        month.run();
        try (TestApplication off = TestApplication.on(database, "rollover.second-look.window=P0D")) {
            LookFixture switchedOff = new LookFixture(database, off);
            assertThat(switchedOff.look().runs()).isEmpty();
            assertThat(LookFixture.refusalOf(() -> switchedOff.look(host.date(), false))
                            .exitCode())
                    .isEqualTo(ExitCode.USAGE);
        }
    }

    @Test
    void aLateRenewalWithinTheConfiguredWindowAfterTheCutoffIsForgiven() throws Exception {
        LocalDate before = host.date().minusMonths(1);
        HostFixture earlier = host.on(before);
        Instant end = before.plusDays(2).atStartOfDay(HostFixture.BUSINESS_ZONE).toInstant();
        HostFixture.User inTime = earlier.aLapsedUser();
        HostFixture.User tooLate = earlier.aLapsedUser();
        HostFixture.User otherPlan = earlier.aLapsedUser();
        HostFixture.User refunded = earlier.aLapsedUser();
        runOf(before);
        decidedAt(earlier.cutoff().plus(Duration.ofHours(2)));
        inTime.paid("monthly", 50, end.minus(1, ChronoUnit.MICROS));
        tooLate.paid("monthly", 50, end);
        // With another payment in time, the event is a candidate; only the date of the renewal excludes it.
        tooLate.paid("starter", 10, end.minus(1, ChronoUnit.HOURS));
        otherPlan.paid("starter", 10, end.minus(1, ChronoUnit.HOURS));
        refunded.payment("monthly", 50, "refunded", end.minus(1, ChronoUnit.HOURS));

        month.look();

        assertThat(month.givenTo(inTime))
                .extracting(LookFixture.Given::reasonCode, LookFixture.Given::credits)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("RENEWED_LATE", 25));
        assertThat(host.creditsOf(inTime)).isEqualTo(25);
        assertThat(month.givenTo(tooLate)).isEmpty();
        assertThat(month.givenTo(otherPlan)).isEmpty();
        assertThat(month.givenTo(refunded)).isEmpty();
    }

    @Test
    void aPaymentDatedAtTheVeryMomentOfTheDecisionCameAfterIt() throws Exception {
        LocalDate before = host.date().minusMonths(1);
        HostFixture earlier = host.on(before);
        HostFixture.User just = earlier.aLapsedUser();
        HostFixture.User after = earlier.aLapsedUser();
        runOf(before);
        Instant decided = earlier.cutoff().plus(Duration.ofDays(4));
        decidedAt(decided);
        just.paid("monthly", 50, decided.minus(1, ChronoUnit.MICROS));
        after.paid("monthly", 50, decided);
        after.paid("starter", 10, decided.minus(1, ChronoUnit.HOURS));

        month.look();

        assertThat(month.givenTo(just))
                .extracting(LookFixture.Given::reasonCode)
                .containsExactly("LATE_PAYMENT");
        assertThat(month.givenTo(after)).isEmpty();
    }

    @Test
    void whileAnUndoIsDeadNothingIsLookedAt() throws Exception {
        HostFixture.User lapsed = host.aLapsedUser();
        long run = month.run();
        Obstacles.in(database).refuseEventOf(lapsed.id());
        assertThat(month.undo(run, null).exitCode()).isEqualTo(ExitCode.RETRY);
        Obstacles.in(database).clear();

        ExitException refused = LookFixture.refusalOf(month::look);
        assertThat(refused.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(LookFixture.refusalOf(() -> month.reinstate(lapsed.phone(), null, false))
                        .exitCode())
                .isEqualTo(ExitCode.REFUSED);
        assertThat(month.reinstatementRuns()).isZero();
    }

    @Test
    void aLookThatFailsSaysSoAndTheNextOneStartsAnew() throws Exception {
        HostFixture.User late = host.aLapsedUser();
        month.run();
        late.paid("monthly", 50, host.inTheMonth());
        Obstacles.in(database).refuseEventOf(late.id());

        SecondLookOutcome failed = month.look();
        Obstacles.in(database).clear();

        assertThat(failed.exitCode()).isEqualTo(ExitCode.RETRY);
        assertThat(failed.sentence()).contains("Call it again");
        assertThat(host.creditsOf(late)).isZero();
        assertThat(month.look().exitCode()).isEqualTo(ExitCode.OK);
        assertThat(host.creditsOf(late)).isEqualTo(25);
        long execution =
                Objects.requireNonNull(failed.runs().get(0).outcome().run().executionId());
        assertThat(LookFixture.refusalOf(() -> product.restart(execution)).exitCode())
                .as("a restart of it")
                .isEqualTo(ExitCode.USAGE);
    }

    private static ExitCode codeOf(LocalDate date) {
        return LookFixture.refusalOf(() -> month.look(date, false)).exitCode();
    }

    private static void runOf(LocalDate date) throws InterruptedException {
        RunOutcome run = product.bean(RolloverService.class)
                .run(TestApplication.request(date, false, "a test", new StopSignal()));
        assertThat(run.exitCode()).as(run.sentence()).isEqualTo(ExitCode.OK);
    }

    private static void decidedAt(Instant moment) {
        database.execute("update credit_rollover_events set created_at = '" + moment + "'");
    }
}
