package io.creditrollover.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.Month;
import io.creditrollover.Obstacles;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.TestApplication;
import io.creditrollover.exit.ExitCode;
import java.sql.Connection;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Users that chunks leave to the sweep: rows locked by the host, and pending payments. */
class SweepTest {
    private static final int GRACE_SECONDS = 8;

    private static final TestDatabase database = TestDatabase.migrated();

    @RegisterExtension
    static final TestApplication product = TestApplication.on(
            database,
            "rollover.row-busy-wait=PT1S",
            "rollover.pending-grace=PT" + GRACE_SECONDS + "S",
            "rollover.partitions=1");

    private HostFixture host;

    @BeforeEach
    void begin() {
        database.reset();
        host = HostFixture.in(database);
    }

    @Test
    void aRowHeldThroughEverySweepIsSkipped() throws Exception {
        HostFixture.User busy = host.aLapsedUser();
        HostFixture.User paying = host.aPayingUser();

        RunOutcome outcome;
        try (Connection held = host.lock(busy)) {
            outcome = product.run();
            held.rollback();
        }

        assertThat(outcome.exitCode()).as(outcome.sentence()).isEqualTo(ExitCode.OK);
        Month month = Month.of(database);
        assertThat(month.skips()).containsOnlyKeys(busy.id()).containsValue("ROW_BUSY");
        assertThat(month.balances()).containsEntry(busy.id(), 25);
        assertThat(month.events()).containsOnlyKeys(paying.id());
        assertThat(month.figures()).isEqualTo(new Month.Figures("COMPLETED", 2, 1, 0, 1, 40, 40, 0));
    }

    @Test
    void aRowHeldForAWhileIsDecidedInTheSweepByWhatWasPaidMeanwhile() throws Exception {
        HostFixture.User spared = host.aLapsedUser();
        HostFixture.User lapsed = host.aLapsedUser();
        CompletableFuture<RunOutcome> run;
        try (Connection held = host.lock(spared, lapsed)) {
            run = running();
            Obstacles.in(database)
                    .await(
                            "select exists (select from credit_rollover_batch_step_execution where step_name = 'sweep')");
            try (var pay = held.createStatement()) {
                pay.execute("insert into payments (user_id, phone_number, plan_type, amount, credits_added, "
                        + "payment_status, created_at) values (" + spared.id() + ", 'x', 'monthly', 29900, 50, "
                        + "'paid', '" + host.cutoff() + "')");
                pay.execute("update users set credits = credits + 50 where id = " + spared.id());
            }
            held.commit();
        }

        assertThat(run.get().exitCode()).isEqualTo(ExitCode.OK);
        Month month = Month.of(database);
        assertThat(month.eventOf(spared).reasonCode()).isEqualTo("RENEWED_AFTER_CUTOFF");
        assertThat(month.eventOf(spared).creditsBefore()).isEqualTo(75);
        assertThat(month.eventOf(lapsed).reasonCode()).isEqualTo("WINDOW_ELAPSED");
        assertThat(month.balances()).containsEntry(spared.id(), 75).containsEntry(lapsed.id(), 0);
    }

    @Test
    void aPendingPaymentThatIsSettledDuringTheWaitSparesItsUser() throws Exception {
        HostFixture.User waiting = host.aLapsedUser().pending("monthly", 50, Instant.now());
        CompletableFuture<RunOutcome> run = running();
        awaitWaits(1);
        assertThat(host.creditsOf(waiting))
                .as("nothing is taken while it waits")
                .isEqualTo(25);
        // As hosts do it: first the credits, then the payment.
        database.execute("update users set credits = credits + 50 where id = " + waiting.id());
        database.execute("update payments set payment_status = 'paid' where payment_status = 'pending'");

        assertThat(run.get().exitCode()).isEqualTo(ExitCode.OK);
        assertThat(Month.of(database).eventOf(waiting).reasonCode()).isEqualTo("RENEWED_AFTER_CUTOFF");
        assertThat(host.creditsOf(waiting)).isEqualTo(75);
    }

    @Test
    void aPendingPaymentThatGrowsOldSparesNobody() throws Exception {
        HostFixture.User waiting = host.aLapsedUser().pending("monthly", 50, Instant.now());

        RunOutcome outcome = product.run();

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(Month.of(database).eventOf(waiting).reasonCode()).isEqualTo("WINDOW_ELAPSED");
        assertThat(host.creditsOf(waiting)).isZero();
        assertThat(database.count("""
                        select count(*) from credit_rollover_events e join payments p using (user_id)
                        where p.payment_status = 'pending'
                          and e.created_at >= p.created_at + interval '%d seconds'
                        """.formatted(GRACE_SECONDS)))
                .as("decided once the payment was older than the grace")
                .isOne();
    }

    @Test
    void aNewerPendingPaymentSetsItsUserAsideInsteadOfExtendingTheWait() throws Exception {
        HostFixture.User waiting = host.aLapsedUser().pending("monthly", 50, Instant.now());
        CompletableFuture<RunOutcome> run = running();
        awaitWaits(1);
        waiting.pending("monthly", 50, Instant.now());

        assertThat(run.get().exitCode()).isEqualTo(ExitCode.OK);
        assertThat(Month.of(database).skips()).containsEntry(waiting.id(), "PAYMENT_PENDING");
        assertThat(host.creditsOf(waiting)).isEqualTo(25);
    }

    @Test
    void aPendingPaymentWithoutADateSetsItsUserAsideAndDelaysNobody() throws Exception {
        HostFixture.User undated = host.aLapsedUser().pending("monthly", 50, null);
        HostFixture.User paying = host.aPayingUser().pending("monthly", 50, null);

        assertThat(product.run().exitCode()).isEqualTo(ExitCode.OK);

        Month month = Month.of(database);
        assertThat(month.skips()).containsOnlyKeys(undated.id()).containsValue("PAYMENT_PENDING");
        assertThat(month.eventOf(paying).reasonCode()).isEqualTo("ELIGIBLE_PLAN");
    }

    @Test
    void whoComesIntoScopeWhileTheChunksAreDoneIsSwept() throws Exception {
        HostFixture.User spent = host.user(0, host.inTheMonth());
        HostFixture.User busy = host.aLapsedUser();
        CompletableFuture<RunOutcome> run;
        try (Connection held = host.lock(busy)) {
            run = running();
            Obstacles.in(database)
                    .await(
                            "select exists (select from credit_rollover_batch_step_execution where step_name = 'sweep')");
            database.execute("update users set credits = 7 where id = " + spent.id());
            held.rollback();
        }

        assertThat(run.get().exitCode()).isEqualTo(ExitCode.OK);
        Month month = Month.of(database);
        assertThat(month.eventOf(spent).reasonCode()).isEqualTo("NO_PAYMENT");
        assertThat(month.eventOf(busy).reasonCode()).isEqualTo("WINDOW_ELAPSED");
    }

    private static CompletableFuture<RunOutcome> running() {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return product.run();
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        });
    }

    private static void awaitWaits(int count) {
        Obstacles.in(database).await("select count(*) = " + count + " from credit_rollover_waits");
    }
}
