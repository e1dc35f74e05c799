package io.creditrollover.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.Objection;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.TestApplication;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import io.creditrollover.lease.StopSignal;
import java.sql.Connection;
import java.time.LocalDate;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a person gives back to one user, and what an undo adds before or after. */
class ReinstateUserTest {
    private static final TestDatabase database = TestDatabase.migrated();

    @RegisterExtension
    static final TestApplication product = TestApplication.on(
            database,
            "rollover.row-busy-wait=PT0.1S",
            "rollover.safety.max-delay=P9999D",
            "rollover.plans.starter.eligible=true",
            "rollover.plans.starter.max-credits=10");

    private static final LookFixture month = new LookFixture(database, product);
    private HostFixture host;

    @BeforeEach
    void begin() {
        Objection.withdraw(database);
        database.reset();
        host = HostFixture.in(database);
    }

    @Test
    void givesBackTheLatestExpiryOnceBesideWhatWasDoneSince() throws Exception {
        HostFixture.User user = host.aLapsedUser();
        HostFixture.User other = host.aLapsedUser();
        month.run();
        database.execute("update users set credits = credits + 3");

        RunOutcome outcome = month.reinstate(user.phone(), null, false);

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(outcome.sentence()).contains("25 credits").contains("user " + user.id());
        assertThat(outcome.run().reason()).isEqualTo("ticket 4711");
        assertThat(outcome.run().usersReinstated()).isOne();
        assertThat(host.creditsOf(user)).isEqualTo(28);
        assertThat(host.creditsOf(other)).isEqualTo(3);
        assertThat(month.givenTo(user)).containsExactly(new LookFixture.Given("GOODWILL", 25, null));
        ExitException again = LookFixture.refusalOf(() -> month.reinstate(user.phone(), null, false));
        assertThat(again.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(again.sentence()).contains("reinstated or reversed already");
    }

    @Test
    void theLatestExpiryDoesNotFallBackToAnOlderMonthWhichItsDateNames() throws Exception {
        LocalDate before = host.date().minusMonths(1);
        HostFixture.User user = host.on(before).aLapsedUser();
        product.bean(RolloverService.class).run(TestApplication.request(before, false, "a test", new StopSignal()));
        database.execute("update users set credits = 4");
        month.run();

        month.reinstate(user.phone(), null, false);
        assertThat(host.creditsOf(user)).isEqualTo(4);
        assertThat(codeOf(user, null)).isEqualTo(ExitCode.USAGE);
        month.reinstate(user.phone(), before, false);
        assertThat(host.creditsOf(user)).isEqualTo(29);
        assertThat(codeOf(user, before)).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void whoLostNothingOrIsUnknownOrDeletedIsRefused() throws Exception {
        HostFixture.User paying = host.aPayingUser();
        HostFixture.User lapsed = host.aLapsedUser();
        month.run();

        assertThat(codeOf(paying, null)).isEqualTo(ExitCode.USAGE);
        assertThat(codeOf(lapsed, host.date().minusMonths(1))).isEqualTo(ExitCode.USAGE);
        assertThat(LookFixture.refusalOf(() -> month.reinstate("4711", null, false))
                        .exitCode())
                .isEqualTo(ExitCode.USAGE);
        database.execute("delete from users where id = " + lapsed.id());
        assertThat(LookFixture.refusalOf(() -> month.reinstate(String.valueOf(lapsed.id()), null, false))
                        .sentence())
                .contains("deleted");
        assertThat(month.reinstatementRuns()).isZero();
    }

    @Test
    void aDryRunAndADryProductWriteNothing() throws Exception {
        HostFixture.User user = host.aLapsedUser();
        month.run();

        RunOutcome dry = month.reinstate(user.phone(), null, true);
        assertThat(dry.run().creditsReinstated()).isEqualTo(25);
        try (TestApplication configured = TestApplication.on(database, "rollover.dry-run=true")) {
            assertThat(LookFixture.refusalOf(
                                    () -> new LookFixture(database, configured).reinstate(user.phone(), null, false))
                            .exitCode())
                    .isEqualTo(ExitCode.USAGE);
        }
        assertThat(month.reinstatementRuns()).isZero();
        assertThat(host.creditsOf(user)).isZero();
    }

    @Test
    void anUndoAfterwardsAddsOnlyWhatIsStillMissing() throws Exception {
        HostFixture.User whole = host.aLapsedUser();
        HostFixture.User part = host.aLapsedUser();
        HostFixture.User nothing = host.aLapsedUser();
        HostFixture.User goodwill = host.aLapsedUser();
        long run = month.run();
        whole.paid("monthly", 50, host.inTheMonth());
        part.paid("starter", 10, host.inTheMonth());
        month.look();
        month.reinstate(goodwill.phone(), null, false);
        assertThat(host.creditsOf(part)).isEqualTo(10);

        RunOutcome undo = month.undo(run, null);

        assertThat(undo.run().usersReinstated()).isEqualTo(2);
        assertThat(undo.run().creditsReinstated()).isEqualTo(15 + 25);
        for (HostFixture.User user : new HostFixture.User[] {whole, part, nothing, goodwill}) {
            assertThat(host.creditsOf(user)).isEqualTo(25);
            assertThat(codeOf(user, host.date())).isEqualTo(ExitCode.USAGE);
        }
    }

    @Test
    void anExpiryReinstatedInPartIsLeftToAnUndoOfTheUser() throws Exception {
        HostFixture.User part = host.aLapsedUser();
        long run = month.run();
        part.paid("starter", 10, host.inTheMonth());
        month.look();

        ExitException refused = LookFixture.refusalOf(() -> month.reinstate(part.phone(), null, false));
        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.sentence()).contains("undo ").contains("other 15 credits");
        month.undo(run, part.phone());
        assertThat(host.creditsOf(part)).isEqualTo(25);
    }

    @Test
    void aPartThatAnUndoCouldNotAddIsLeftToTheApplication() throws Exception {
        HostFixture.User part = host.aLapsedUser();
        long run = month.run();
        part.paid("starter", 10, host.inTheMonth());
        month.look();
        Objection.RAISES.of(database, "id = " + part.id());
        month.undo(run, null);
        Objection.withdraw(database);

        ExitException refused = LookFixture.refusalOf(() -> month.reinstate(part.phone(), null, false));

        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.sentence())
                .contains(" is undone, so no command adds the other 15 credits; add them in the application.")
                .doesNotContain("call undo");
        assertThat(LookFixture.refusalOf(() -> month.undo(run, part.phone())).exitCode())
                .isEqualTo(ExitCode.USAGE);
        assertThat(host.creditsOf(part)).isEqualTo(10);
    }

    @Test
    void aSecondLookAfterOneUsersUndoGivesThatUserNothing() throws Exception {
        HostFixture.User user = host.aLapsedUser();
        HostFixture.User late = host.aLapsedUser();
        long run = month.run();
        month.undo(run, user.phone());
        user.paid("monthly", 50, host.inTheMonth());
        late.paid("monthly", 50, host.inTheMonth());

        month.look();

        assertThat(month.givenTo(user)).isEmpty();
        assertThat(host.creditsOf(user)).isEqualTo(25);
        assertThat(host.creditsOf(late)).isEqualTo(25);
    }

    @Test
    void whomAnUndoCouldNotGiveBackToIsReinstatedLater() throws Exception {
        HostFixture.User refused = host.aLapsedUser();
        long run = month.run();
        Objection.RAISES.of(database, "id = " + refused.id());
        month.undo(run, null);

        RunOutcome again = month.reinstate(refused.phone(), host.date(), false);
        assertThat(again.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(again.sentence()).contains("is frozen");
        Objection.withdraw(database);
        assertThat(month.reinstate(refused.phone(), host.date(), false).exitCode())
                .isEqualTo(ExitCode.OK);
        assertThat(host.creditsOf(refused)).isEqualTo(25);
    }

    @Test
    void aRowThatTheHostHoldsIsAskedForAgain() throws Exception {
        HostFixture.User busy = host.aLapsedUser();
        month.run();
        try (Connection held = host.lock(busy)) {
            RunOutcome waiting = month.reinstate(busy.phone(), null, false);
            assertThat(waiting.exitCode()).isEqualTo(ExitCode.RETRY);
            assertThat(waiting.sentence()).contains("holds the row of user " + busy.id());
        }
        assertThat(month.reinstate(busy.phone(), null, false).exitCode()).isEqualTo(ExitCode.OK);
        assertThat(host.creditsOf(busy)).isEqualTo(25);
    }

    @Test
    void eventsThatWereTamperedWithFailTheReconciliation() throws Exception {
        HostFixture.User user = host.aLapsedUser();
        month.run();
        database.execute(
                "create function forge() returns trigger language plpgsql as $$ begin"
                        + " new.credits_after := new.credits_after + 1; return new; end $$",
                "create trigger forge before insert on credit_rollover_events for each row execute function forge()");

        RunOutcome forged = month.reinstate(user.phone(), null, false);
        database.execute("drop function forge cascade");

        assertThat(forged.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(forged.sentence()).contains("Reconciliation");
        assertThat(forged.run().status()).isEqualTo(RunStatus.FAILED);
        assertThat(Objects.requireNonNull(forged.run().runId())).isPositive();
    }

    private static ExitCode codeOf(HostFixture.User user, LocalDate date) {
        return LookFixture.refusalOf(() -> month.reinstate(user.phone(), date, false))
                .exitCode();
    }
}
