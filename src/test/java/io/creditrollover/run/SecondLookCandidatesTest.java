package io.creditrollover.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.TestApplication;
import io.creditrollover.lease.StopSignal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whom a second look reviews: only those with a payment that can change something. Chunks of two need several pages. */
class SecondLookCandidatesTest {
    private static TestDatabase database;
    private static TestApplication product;
    private static LookFixture month;
    private HostFixture host;

    @BeforeAll
    static void startTheProduct() {
        database = TestDatabase.migrated();
        product = TestApplication.on(
                database,
                "rollover.chunk-size=2",
                "rollover.pending-grace=PT0S",
                "rollover.safety.max-delay=P9999D",
                "rollover.plans.monthly.eligible=true",
                "rollover.plans.power.eligible=true",
                "rollover.plans.power.max-credits=10");
        month = new LookFixture(database, product);
    }

    @AfterAll
    static void stopTheProduct() {
        product.close();
    }

    @BeforeEach
    void begin() {
        database.reset();
        host = HostFixture.in(database);
    }

    @Test
    void readsNoPaymentsOfUsersWithoutAnythingNew() throws Exception {
        host.aLapsedUser();
        host.aUserWhoToppedUp();
        host.aUserWhoNeverPaid();
        host.aUser(25).paid("power", 150, host.inTheMonth()); // capped
        HostFixture.User next = host.aLapsedUser();
        month.run();
        next.paid("monthly", 50, Instant.now().minusMillis(1));

        month.look();

        assertThat(reviewed()).isZero();
    }

    @Test
    void findsEachLateUserAmongTheOthers() throws Exception {
        for (int i = 0; i < 5; i++) {
            host.aLapsedUser();
            host.aLapsedUser().payment("monthly", 50, "failed", host.inTheMonth());
        }
        month.run();
        database.execute("update payments set payment_status = 'paid' where payment_status = 'failed'");

        List<String> progress = new CopyOnWriteArrayList<>();
        SecondLookOutcome look = product.bean(SecondLookService.class)
                .lookAtAllDue(new SecondLookRequest(
                        null, false, "a test", new StopSignal(), (done, total) -> progress.add(done + " of " + total)));

        assertThat(reviewed()).isEqualTo(5);
        assertThat(progress).last().isEqualTo("5 of 5");
        assertThat(look.sentence()).contains("reinstated 125 credits of 5 users");
        month.look();
        assertThat(reviewed()).as("again, when nothing is left to reinstate").isZero();
    }

    @Test
    void findsWhoseEvidenceWasOfAnotherPlan() throws Exception {
        HostFixture.User user = host.aUserWhoToppedUp();
        month.run();
        database.execute("update payments set plan_type = 'monthly'");

        month.look();

        assertThat(host.creditsOf(user)).isPositive();
    }

    @Test
    void findsWhoseCapCameFromARefundedPayment() throws Exception {
        HostFixture.User user = host.aUser(25)
                .paid("monthly", 50, host.inTheMonth().minus(Duration.ofDays(1)))
                .paid("power", 150, host.inTheMonth());
        month.run();
        assertThat(host.creditsOf(user)).isEqualTo(10);
        database.execute("update payments set payment_status = 'refunded' where plan_type = 'power'");

        month.look();

        assertThat(host.creditsOf(user)).isEqualTo(25);
    }

    @Test
    void listsWhoBoughtMoreThanWasCounted() throws Exception {
        host.aLapsedUser().payment("starter", 10, "failed", host.cutoff());
        month.run();
        database.execute("update payments set payment_status = 'paid' where payment_status = 'failed'");

        SecondLookOutcome look = month.look();

        assertThat(look.runs().get(0).usersBoughtMeanwhile()).isOne();
    }

    /** Events read by the last look. */
    private static long reviewed() {
        return database.count("""
                select s.read_count from credit_rollover_batch_step_execution s
                where s.step_name = 'reinstate' order by s.step_execution_id desc limit 1""");
    }
}
