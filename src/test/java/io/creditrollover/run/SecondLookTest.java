package io.creditrollover.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.Objection;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.TestApplication;
import io.creditrollover.exit.ExitCode;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a second look decides: whose credits come back, how many, and why. */
class SecondLookTest {
    private static final TestDatabase database = TestDatabase.migrated();

    @RegisterExtension
    static final TestApplication product = TestApplication.on(
            database,
            "rollover.chunk-size=3",
            "rollover.row-busy-wait=PT0.1S",
            "rollover.pending-grace=PT0S",
            "rollover.safety.max-delay=P9999D",
            "rollover.plans.capped.eligible=true",
            "rollover.plans.capped.max-credits=10");

    private static final LookFixture month = new LookFixture(database, product);
    private HostFixture host;

    @BeforeEach
    void begin() {
        Objection.withdraw(database);
        database.reset();
        database.execute("delete from payment_plans where plan_type = 'capped'");
        database.execute("insert into payment_plans (plan_name, plan_type, amount, credits)"
                + " values ('Capped', 'capped', 9900, 10)");
        host = HostFixture.in(database);
    }

    @Test
    void aPaymentOfTheMonthThatBecameKnownLaterGivesEverythingBackBesideWhatWasDoneSince() throws Exception {
        HostFixture.User late = host.aLapsedUser();
        HostFixture.User lapsed = host.aLapsedUser();
        month.run();
        late.paid("monthly", 50, host.inTheMonth());
        database.execute("update users set credits = credits + 7");

        SecondLookOutcome look = month.look();

        assertThat(look.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(look.sentence()).contains("reinstated 25 credits of 1 users");
        assertThat(host.creditsOf(late)).isEqualTo(7 + 25);
        assertThat(host.creditsOf(lapsed)).isEqualTo(7);
        long payment = database.count("select max(id) from payments");
        assertThat(month.givenTo(late)).containsExactly(new LookFixture.Given("LATE_PAYMENT", 25, payment));
        RunSummary summary = look.runs().get(0).outcome().run();
        assertThat(summary.mode()).isEqualTo(RunMode.REINSTATE);
        assertThat(summary.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(summary.usersReinstated()).isOne();
        assertThat(summary.creditsReinstated()).isEqualTo(25);
    }

    @Test
    void aSecondLookAtTheSameRunGivesNothingTwice() throws Exception {
        HostFixture.User late = host.aLapsedUser();
        month.run();
        late.paid("monthly", 50, host.inTheMonth());
        month.look();

        SecondLookOutcome again = month.look();

        assertThat(again.sentence()).contains("reinstated 0 credits of 0 users");
        assertThat(host.creditsOf(late)).isEqualTo(25);
        assertThat(month.reinstatementRuns()).isEqualTo(2);
    }

    @Test
    void anEligibleRenewalBetweenCutoffAndDecisionThatWasSettledLaterCounts() throws Exception {
        HostFixture.User renewed = host.aLapsedUser().payment("power", 150, "failed", host.cutoff());
        month.run();
        database.execute("update payments set payment_status = 'paid' where payment_status = 'failed'");

        month.look();

        assertThat(month.givenTo(renewed))
                .extracting(LookFixture.Given::reasonCode)
                .containsExactly("LATE_PAYMENT");
        assertThat(host.creditsOf(renewed)).isEqualTo(25);
    }

    @Test
    void paymentsDatedAfterTheDecisionDoNotCount() throws Exception {
        HostFixture.User next = host.aLapsedUser();
        month.run();
        next.paid("monthly", 50, Instant.now().minusMillis(1));

        month.look();

        assertThat(month.givenTo(next)).isEmpty();
        assertThat(host.creditsOf(next)).isZero();
    }

    @Test
    void aPaymentRefundedSinceDoesNotCount() throws Exception {
        HostFixture.User user = host.aLapsedUser().payment("monthly", 50, "failed", host.inTheMonth());
        HostFixture.User toppedUp = host.aUserWhoToppedUp();
        month.run();
        database.execute("update payments set payment_status = 'refunded' where payment_status = 'failed'");
        // A late payment before the top-up, so that this user is decided again.
        toppedUp.payment("monthly", 50, "refunded", host.inTheMonth().plus(Duration.ofHours(1)));
        toppedUp.paid("monthly", 50, host.inTheMonth().minus(Duration.ofDays(1)));

        month.look();

        assertThat(month.givenTo(user)).isEmpty();
        assertThat(month.givenTo(toppedUp)).isEmpty();
    }

    @Test
    void theLastPaymentOfTheMonthStillCounts() throws Exception {
        HostFixture.User user = host.aUserWhoToppedUp();
        month.run();
        user.paid("monthly", 50, host.inTheMonth().minus(Duration.ofDays(1)));

        month.look();

        assertThat(month.givenTo(user)).isEmpty();
    }

    @Test
    void whatIsUndecidableStaysAsItIs() throws Exception {
        HostFixture.User undated = host.aLapsedUser();
        HostFixture.User unknownPlan = host.aLapsedUser();
        HostFixture.User unknownStatus = host.aUser(30);
        HostFixture.User pending = host.aUser(30);
        month.run();
        undated.paid("monthly", 50, null).paid("monthly", 50, host.inTheMonth());
        unknownPlan.paid("gold", 50, host.inTheMonth());
        unknownStatus.paid("capped", 10, host.inTheMonth()).payment("monthly", 50, "captured", host.inTheMonth());
        pending.paid("capped", 10, host.inTheMonth()).pending("monthly", 50, null);

        month.look();

        assertThat(month.givenTo(undated)).isEmpty();
        assertThat(month.givenTo(unknownPlan)).isEmpty();
        assertThat(month.givenTo(unknownStatus)).isEmpty();
        assertThat(month.givenTo(pending)).isEmpty();
    }

    @Test
    void aCapIsDecidedAgainAndOnlyTheDifferenceComesBack() throws Exception {
        HostFixture.User capped = host.aUser(40).paid("capped", 10, host.inTheMonth());
        HostFixture.User lapsed = host.aLapsedUser();
        month.run();
        assertThat(host.creditsOf(capped)).isEqualTo(10);
        capped.paid("monthly", 50, host.inTheMonth().plusSeconds(1));
        lapsed.paid("capped", 10, host.inTheMonth());

        month.look();

        assertThat(month.givenTo(capped)).extracting(LookFixture.Given::credits).containsExactly(30);
        assertThat(month.givenTo(lapsed))
                .as("a plan with a cap of 10")
                .extracting(LookFixture.Given::credits)
                .containsExactly(10);
        assertThat(host.creditsOf(capped)).isEqualTo(40);
    }

    @Test
    void thePolicyIsThatOfTheRunWhateverIsConfiguredNow() throws Exception {
        HostFixture.User late = host.aLapsedUser();
        month.run();
        late.paid("monthly", 50, host.inTheMonth());
        try (TestApplication changed = TestApplication.on(database, "rollover.plans.monthly.eligible=false")) {
            new LookFixture(database, changed).look();
        }

        assertThat(month.givenTo(late)).hasSize(1);
    }

    @Test
    void protectedCreditsStayAsRecordedAndWhoBoughtMeanwhileIsListed() throws Exception {
        HostFixture.User buyer = host.aUser(30).payment("starter", 10, "failed", host.cutoff());
        month.run();
        assertThat(host.creditsOf(buyer)).isZero();
        database.execute("update payments set payment_status = 'paid' where payment_status = 'failed'");

        SecondLookOutcome look = month.look();

        assertThat(month.givenTo(buyer)).isEmpty();
        assertThat(host.creditsOf(buyer)).isZero();
        assertThat(look.runs().get(0).boughtMeanwhile()).containsExactly(buyer.id());
        assertThat(look.sentence()).contains("BOUGHT_MEANWHILE): " + buyer.id());
        assertThat(database.count("select count(*) from credit_rollover_skips where reason_code = 'BOUGHT_MEANWHILE'"))
                .isOne();
        month.reinstate(String.valueOf(buyer.id()), null, false);
        assertThat(host.creditsOf(buyer)).isEqualTo(30);
        assertThat(month.look().runs().get(0).boughtMeanwhile()).isEmpty();
    }

    @Test
    void aUserWhomTheHostRefusesIsSkippedAndTheOthersAreNot() throws Exception {
        HostFixture.User refused = host.aLapsedUser();
        HostFixture.User late = host.aLapsedUser();
        month.run();
        refused.paid("monthly", 50, host.inTheMonth());
        late.paid("monthly", 50, host.inTheMonth());
        Objection.RAISES.of(database, "id = " + refused.id());

        SecondLookOutcome look = month.look();

        assertThat(look.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(look.runs().get(0).outcome().run().totals().usersSkipped()).isOne();
        assertThat(host.creditsOf(late)).isEqualTo(25);
        assertThat(host.creditsOf(refused)).isZero();
        Objection.withdraw(database);
        month.look();
        assertThat(host.creditsOf(refused)).isEqualTo(25);
    }

    @Test
    void aRowThatTheHostHoldsIsSkippedAndFoundByTheNextLook() throws Exception {
        HostFixture.User busy = host.aLapsedUser();
        HostFixture.User late = host.aLapsedUser();
        month.run();
        busy.paid("monthly", 50, host.inTheMonth());
        late.paid("monthly", 50, host.inTheMonth());

        try (Connection held = host.lock(busy)) {
            SecondLookOutcome look = month.look();
            assertThat(look.exitCode()).isEqualTo(ExitCode.OK);
            assertThat(look.runs().get(0).outcome().run().totals().usersSkipped())
                    .isOne();
        }
        assertThat(host.creditsOf(late)).isEqualTo(25);
        month.look();
        assertThat(host.creditsOf(busy)).isEqualTo(25);
    }

    @Test
    void aDeletedUserIsPassedOver() throws Exception {
        HostFixture.User deleted = host.aLapsedUser();
        month.run();
        deleted.paid("monthly", 50, host.inTheMonth());
        database.execute("delete from users where id = " + deleted.id());

        assertThat(month.look().exitCode()).isEqualTo(ExitCode.OK);
    }

    @Test
    void nobodyIsLockedWhoGetsNothing() throws Exception {
        HostFixture.User lapsed = host.aLapsedUser();
        month.run();

        try (Connection held = host.lock(lapsed)) {
            SecondLookOutcome look = month.look();
            assertThat(look.runs().get(0).outcome().run().totals().usersSkipped())
                    .isZero();
        }
    }

    @Test
    void aDryRunSaysWhatWouldBeReinstatedAndWritesNothing() throws Exception {
        HostFixture.User late = host.aLapsedUser();
        month.run();
        late.paid("monthly", 50, host.inTheMonth());

        SecondLookOutcome look = month.look(null, true);

        assertThat(look.sentence()).contains("would reinstate 25 credits of 1 users");
        assertThat(look.runs().get(0).outcome().run().creditsReinstated()).isEqualTo(25);
        assertThat(host.creditsOf(late)).isZero();
        assertThat(month.reinstatementRuns()).isZero();
    }
}
