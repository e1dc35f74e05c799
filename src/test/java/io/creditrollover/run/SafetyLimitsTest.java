package io.creditrollover.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.creditrollover.HostFixture;
import io.creditrollover.HostTables;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.TestApplication;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import io.creditrollover.lease.StopSignal;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stops a live run before its first write, and what does not. */
class SafetyLimitsTest {
    private static final String ANY_DELAY = "rollover.safety.max-delay=P9999D";
    private static final String ANY_SILENCE = "rollover.safety.max-payment-silence=P9999D";

    private final TestDatabase database = TestDatabase.migrated();
    private HostFixture host;

    @BeforeEach
    void aHost() {
        host = HostFixture.in(database);
    }

    @Test
    void paymentsThatStoppedThirtyDaysAgoBlock() throws Exception {
        paidEvery(Duration.ofHours(6), Duration.ofDays(30), 60);

        assertThat(blockedBy(ANY_DELAY))
                .contains("rollover.safety.max-payment-silence", "30 days (limit: 3 days)")
                .contains("--approve REASON", "--plan");
    }

    @Test
    void aSmallHostWithOnePaymentAWeekIsNotBlocked() throws Exception {
        paidEvery(Duration.ofDays(7), Duration.ofDays(6), 12);

        RunOutcome outcome = run(ANY_DELAY);
        assertThat(outcome.exitCode()).as(outcome.sentence()).isEqualTo(ExitCode.OK);
    }

    @Test
    void aHostWithoutAnyPaymentIsBlocked() throws Exception {
        host.aUser(10);

        assertThat(blockedBy(ANY_DELAY)).contains("there is no paid payment");
    }

    @Test
    void paymentsDatedInTheFutureDoNotProveThatTheyStillComeIn() throws Exception {
        paidEvery(Duration.ofHours(6), Duration.ofDays(30), 10);
        host.aUser(0).paid("monthly", 50, Instant.now().plus(Duration.ofDays(2)));

        assertThat(blockedBy(ANY_DELAY)).contains("no paid payment for 30 days");
    }

    @Test
    void aRunTooLateBlocks() throws Exception {
        paidEvery(Duration.ofHours(6), Duration.ZERO, 10);

        assertThat(blockedBy("rollover.safety.max-delay=PT0S")).contains("rollover.safety.max-delay: the cut-off was");
    }

    /** By the database's clock, which nothing in a schema of the host can stand in for. */
    @Test
    void aRunLaterThanAllowedBlocksAndOneAnHourEarlierDoesNot() throws Exception {
        database.execute(
                "create function public.clock_timestamp() returns timestamptz language sql as"
                        + " $$ select pg_catalog.clock_timestamp() - interval '40 days' $$",
                "alter database " + database.name() + " set search_path = public, pg_catalog");
        paidEvery(Duration.ofHours(6), Duration.ZERO, 10);
        Duration late = Duration.between(host.cutoff(), Instant.now());

        assertThat(blockedBy("rollover.safety.max-delay=" + late.dividedBy(2)))
                .contains("rollover.safety.max-delay: the cut-off was")
                .doesNotContain("max-payment-silence");
        RunOutcome outcome = run("rollover.safety.max-delay=" + late.plusHours(1));
        assertThat(outcome.exitCode()).as(outcome.sentence()).isEqualTo(ExitCode.OK);
    }

    @Test
    void sharesAboveTheConfiguredOnesBlock() throws Exception {
        host.aPayingUser();
        host.aLapsedUser();

        assertThat(blockedBy(ANY_DELAY, ANY_SILENCE, "rollover.safety.max-expired-users-percent=49"))
                .contains("max-expired-users-percent: 50% would expire (limit: 49%)");
        assertThat(run(ANY_DELAY, ANY_SILENCE, "rollover.safety.max-expired-users-percent=50")
                        .exitCode())
                .isEqualTo(ExitCode.OK);
    }

    @Test
    void aMonthInWhichFarMoreExpireThanUsualBlocks() throws Exception {
        aMonthBefore(9, 1);
        for (int i = 0; i < 9; i++) {
            host.aLapsedUser();
        }
        host.aPayingUser();

        assertThat(blockedBy(ANY_DELAY, ANY_SILENCE))
                .contains(
                        "max-expired-factor: 90% of users would expire, usually 10% (limit: 2 times the usual share)");
    }

    @Test
    void aFirstRunSaysThatItHasNothingToCompareWith() {
        host.aPayingUser();

        try (TestApplication product = TestApplication.on(database, ANY_DELAY, ANY_SILENCE)) {
            assertThat(product.bean(ForecastService.class).of(host.date()).notApplied())
                    .hasSize(2)
                    .anySatisfy(limit -> assertThat(limit).contains("max-expired-factor is not applied"))
                    .anySatisfy(limit -> assertThat(limit).contains("policy is not compared"));
        }
    }

    @Test
    void aPolicyOtherThanThatOfTheLastMonthBlocksAndIsNamedKeyByKey() throws Exception {
        aMonthBefore(1, 0);
        host.aPayingUser();

        assertThat(blockedBy(
                        ANY_DELAY,
                        ANY_SILENCE,
                        "rollover.plans.monthly.window=P2M",
                        "rollover.plans.power.eligible=false"))
                .contains("rollover.plans.monthly.window was P1M, is now P2M")
                .contains("rollover.plans.power.eligible was true, is now false");
    }

    @Test
    void anEligiblePlanDroppedFromTheConfigurationBlocks() throws Exception {
        aMonthBefore(1, 0);
        host.aPayingUser();

        assertThat(blockedBy(ANY_DELAY, ANY_SILENCE, "rollover.plans.monthly.eligible=false"))
                .contains("rollover.plans.monthly.eligible was true, is now false");
    }

    @Test
    void aPlanRenamedInPaymentsOnlySetsItsUsersAsideAndTooManyOfThemBlock() throws Exception {
        for (int i = 0; i < 3; i++) {
            host.aUser(40).paid("monthly_v2", 50, host.inTheMonth());
        }

        assertThat(blockedBy(ANY_DELAY, ANY_SILENCE, "rollover.skip-limit=2"))
                .contains("rollover.skip-limit: 3 users would be skipped (limit: 2)");
        assertThat(run(ANY_DELAY, ANY_SILENCE, "rollover.skip-limit=3").run().usersSkipped())
                .isEqualTo(3);
    }

    @Test
    void aPlanRenamedInPaymentsOnlyBlocksByDefaultToo() throws Exception {
        host.manyUsers(300);
        database.execute("update payments set plan_type = 'monthly_v2' where plan_type = 'monthly'");

        assertThat(blockedBy(ANY_DELAY, ANY_SILENCE))
                .contains("rollover.skip-limit: 120 users would be skipped (limit: 100)");
    }

    @Test
    void anEligiblePlanThatNobodyEverSoldIsRefused() {
        host.aPayingUser();

        ExitException refused = catchThrowableOfType(
                ExitException.class, () -> run(ANY_DELAY, ANY_SILENCE, "rollover.plans.gold.eligible=true"));
        assertThat(refused.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(refused.sentence()).contains("rollover.plans.gold", "Correct its name");
        assertThat(database.count("select count(*) from credit_rollover_runs")).isZero();
    }

    /** The month before has run, with so many who kept their credits and so many who lost them. */
    @Test
    void theFirstLiveRunOfADatabaseIsReviewed() throws Exception {
        host.aPayingUser();

        assertThat(blockedBy(ANY_DELAY, ANY_SILENCE, "rollover.safety.first-run=review"))
                .contains("rollover.safety.first-run", "--approve REASON", "--plan");
    }

    @Test
    void oneCompletedRunIsEnoughToCompareWithAlsoWhereItWasUndone() throws Exception {
        aMonthBefore(1, 0);
        database.execute("update credit_rollover_runs set status = 'UNDONE'");
        host.aPayingUser();

        RunOutcome outcome = run(ANY_DELAY, ANY_SILENCE, "rollover.safety.first-run=review");

        assertThat(outcome.exitCode()).as(outcome.sentence()).isEqualTo(ExitCode.OK);
    }

    @Test
    void aDryRunIsNoFirstRunButAnApprovalLetsOnePass() throws Exception {
        host.aPayingUser();
        try (TestApplication product =
                TestApplication.on(database, ANY_DELAY, ANY_SILENCE, "rollover.safety.first-run=review")) {
            RolloverService rollovers = product.bean(RolloverService.class);
            rollovers.run(TestApplication.request(null, true, null, new StopSignal()));
            assertThat(rollovers
                            .run(TestApplication.request(null, false, null, new StopSignal()))
                            .exitCode())
                    .isEqualTo(ExitCode.REFUSED);

            assertThat(product.run().exitCode()).isEqualTo(ExitCode.OK);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 14, 28, 57})
    void exactlyAtALimitIsNotMoreThanTheLimit(int percent) throws Exception {
        people(percent, 100 - percent);

        RunOutcome at = run(ANY_DELAY, ANY_SILENCE, "rollover.safety.max-expired-users-percent=" + percent);

        assertThat(at.exitCode()).as(at.sentence()).isEqualTo(ExitCode.OK);
    }

    @Test
    void aLittleMoreThanALimitIsMore() throws Exception {
        people(7, 93);

        assertThat(blockedBy(ANY_DELAY, ANY_SILENCE, "rollover.safety.max-expired-users-percent=6.9999999"))
                .contains("rollover.safety.max-expired-users-percent: 7% would expire");
    }

    @Test
    void exactlyTwiceTheUsualShareIsNotMoreThanTwice() throws Exception {
        aMonthBefore(93, 7);
        people(0, 86);
        for (int i = 0; i < 14; i++) {
            host.aUser(24); // of their credits less than twice the usual share
        }

        RunOutcome twice = run(ANY_DELAY, ANY_SILENCE);

        assertThat(twice.exitCode()).as(twice.sentence()).isEqualTo(ExitCode.OK);
    }

    @Test
    void paidPaymentsOfNobodyBlockWhereTheyAreMany() throws Exception {
        host.aPayingUser();
        database.execute("""
                insert into payments (user_id, phone_number, plan_type, amount, credits_added, payment_status, created_at)
                select -n, 'nobody', 'monthly', 29900, 50, 'paid', timestamptz '%s' from generate_series(1, 101) n
                """.formatted(host.inTheMonth()));

        assertThat(blockedBy(ANY_DELAY, ANY_SILENCE))
                .contains("rollover.safety.max-orphaned-payments: 101 paid payments belong to no user (limit: 100)");
        assertThat(run(ANY_DELAY, ANY_SILENCE, "rollover.safety.max-orphaned-payments=101")
                        .exitCode())
                .isEqualTo(ExitCode.OK);
    }

    @Test
    void paymentsOfAUserWhomTheHostDeletedAfterAnEarlierRunAreNotOrphaned() throws Exception {
        aMonthBefore(3, 0);
        database.execute("delete from users where id = (select min(user_id) from credit_rollover_events)");
        database.execute("update payments set created_at = timestamptz '" + host.inTheMonth() + "'");
        host.aPayingUser();

        RunOutcome outcome = run(ANY_DELAY, ANY_SILENCE, "rollover.safety.max-orphaned-payments=0");

        assertThat(outcome.exitCode()).as(outcome.sentence()).isEqualTo(ExitCode.OK);
    }

    private void people(int lost, int kept) {
        for (int i = 0; i < lost; i++) {
            host.aLapsedUser();
        }
        for (int i = 0; i < kept; i++) {
            host.aPayingUser();
        }
    }

    private void aMonthBefore(int kept, int lost) throws Exception {
        HostFixture before = host.on(host.date().minusMonths(1));
        for (int i = 0; i < kept; i++) {
            before.aPayingUser();
        }
        for (int i = 0; i < lost; i++) {
            before.aLapsedUser();
        }
        try (TestApplication product = TestApplication.on(database)) {
            product.bean(RolloverService.class)
                    .run(TestApplication.request(before.date(), false, "history", new StopSignal()));
        }
        database.execute("update users set credits = 0");
    }

    private void paidEvery(Duration gap, Duration silence, int times) {
        for (int i = 0; i < times; i++) {
            host.aUser(40).paid("monthly", 50, Instant.now().minus(silence).minus(gap.multipliedBy(i)));
        }
    }

    /** Sets the database's clock so long after a date's cut-off, with payments until then. */
    private String blockedBy(String... settings) throws InterruptedException {
        String untouched = HostTables.checksum(database);
        RunOutcome outcome = run(settings);
        assertThat(HostTables.checksum(database)).isEqualTo(untouched);
        assertThat(outcome.run().status()).isEqualTo(RunStatus.BLOCKED);
        assertThat(outcome.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(database.count("""
                select (select count(*) from credit_rollover_events e join credit_rollover_runs r on r.id = e.run_id
                        where r.status = 'BLOCKED') + (select count(*) from credit_rollover_skips)
                """)).as("written").isZero();
        return String.valueOf(outcome.sentence());
    }

    private RunOutcome run(String... settings) throws InterruptedException {
        try (TestApplication product = TestApplication.on(database, settings)) {
            return product.bean(RolloverService.class)
                    .run(TestApplication.request(null, false, null, new StopSignal()));
        }
    }
}
