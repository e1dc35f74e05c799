package io.creditrollover.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.Month;
import io.creditrollover.Obstacles;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.TestApplication;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import io.creditrollover.lease.StopSignal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What {@code run} and {@code restart} do in each status of a run, and for which dates. */
class RunStatusTest {
    private static final TestDatabase database = TestDatabase.migrated();

    /** No payment is new enough for it, so that every run needs approval. */
    @RegisterExtension
    static final TestApplication product = TestApplication.on(
            database, "rollover.safety.max-payment-silence=PT0S", "rollover.safety.max-delay=P9999D");

    private HostFixture host;

    @BeforeEach
    void begin() {
        Obstacles.in(database).clear();
        database.reset();
        host = HostFixture.in(database);
        host.aPayingUser();
        host.aLapsedUser();
    }

    @Test
    void aCompletedRunIsOnlySaidToBe() throws Exception {
        RunOutcome first = product.run();
        Month month = Month.of(database);

        RunOutcome restarted = product.restart(execution(first));
        RunOutcome again = run(null, null);

        assertThat(restarted.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(restarted.sentence()).contains("already complete");
        assertThat(again.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(again.run().runId()).isEqualTo(first.run().runId());
        assertThat(Month.of(database)).isEqualTo(month);
    }

    @Test
    void aBlockedRunHasWrittenNothingAndIsCheckedAgain() throws Exception {
        RunOutcome blocked = run(null, null);

        assertThat(blocked.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(blocked.sentence()).contains("rollover.safety.max-payment-silence");
        assertThat(blocked.run().status()).isEqualTo(RunStatus.BLOCKED);
        assertThat(written()).isZero();

        assertThat(product.restart(execution(blocked)).exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(run(null, null).exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(written()).isZero();
    }

    @Test
    void anApprovalLetsABlockedRunPassAndIsRecorded() throws Exception {
        RunOutcome blocked = run(null, null);

        RunOutcome approved = run(null, "the feed was looked at");

        assertThat(approved.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(approved.run().runId()).isEqualTo(blocked.run().runId());
        assertThat(approved.run().approvedBy()).isEqualTo("a test");
        assertThat(approved.run().reason()).isEqualTo("the feed was looked at");
    }

    @Test
    void anUndoneRunMakesRoomForANewOneThatIsApproved() throws Exception {
        RunOutcome undone = product.run();
        database.execute("update credit_rollover_runs set status = 'UNDONE'");

        assertThat(codeOf(null, null)).isEqualTo(ExitCode.REFUSED);
        assertThat(codeOfRestart(undone)).isEqualTo(ExitCode.USAGE);
        RunOutcome again = run(null, "done better");

        assertThat(again.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(again.run().runId()).isNotEqualTo(undone.run().runId());
    }

    @Test
    void aDeadUndoKeepsRunAndRestartAway() throws Exception {
        RunOutcome blocked = run(null, null);
        database.execute("""
                insert into credit_rollover_runs (rollover_date, mode, status, cutoff, zone, policy, requested_by, undoes_run_id)
                select rollover_date, 'undo', 'FAILED', cutoff, zone, policy, 'a test', id from credit_rollover_runs
                """);

        assertThat(codeOf(null, "approved")).isEqualTo(ExitCode.REFUSED);
        assertThat(codeOfRestart(blocked)).isEqualTo(ExitCode.REFUSED);
        assertThat(written()).isZero();
    }

    @Test
    void aDateIsAFirstOfTheMonthThatIsHere() {
        assertThat(codeOf(host.date().plusDays(1), "approved")).isEqualTo(ExitCode.USAGE);
        assertThat(codeOf(host.date().plusMonths(1), "approved")).isEqualTo(ExitCode.USAGE);
        assertThat(database.count("select count(*) from credit_rollover_runs")).isZero();
    }

    @Test
    void aDateBeforeOneThatHasRunIsRefused() throws Exception {
        LocalDate earlier = host.date().minusMonths(1);
        RunOutcome blocked = run(earlier, null);
        product.run();

        assertThat(codeOf(earlier, "approved")).isEqualTo(ExitCode.USAGE);
        assertThat(codeOf(earlier.minusMonths(1), "approved")).isEqualTo(ExitCode.USAGE);
        assertThat(codeOfRestart(blocked)).isEqualTo(ExitCode.REFUSED);
    }

    @Test
    void aDryRunLooksAheadAndChangesNothing() throws Exception {
        RunOutcome ahead = product.bean(RolloverService.class)
                .run(TestApplication.request(host.date().plusMonths(1), true, null, new StopSignal()));
        RunOutcome dry =
                product.bean(RolloverService.class).run(TestApplication.request(null, true, null, new StopSignal()));

        assertThat(ahead.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(dry.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(dry.run().mode()).isEqualTo(RunMode.DRY_RUN);
        assertThat(dry.run().totals().usersExpired()).isOne();
        assertThat(written()).isZero();
        assertThat(database.count("select sum(credits) from users")).isEqualTo(65);

        RunOutcome live = product.run();
        assertThat(live.run().totals().creditsExpired())
                .isEqualTo(dry.run().totals().creditsExpired());
        assertThat(live.run().totals().creditsRolledOver())
                .isEqualTo(dry.run().totals().creditsRolledOver());
    }

    @Test
    void anUnknownExecutionIsNoRun() {
        ExitException refused =
                org.assertj.core.api.Assertions.catchThrowableOfType(ExitException.class, () -> product.restart(4_711));
        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.sentence()).contains("4711");
    }

    @Test
    void onceItHasWrittenARunKeepsItsRulesAndNamesWhatDiffers() throws Exception {
        RunOutcome stopped = stoppedRun();
        try (TestApplication changed = TestApplication.on(
                database,
                "rollover.plans.monthly.window=P2M",
                "rollover.zone=Europe/Berlin",
                "rollover.chunk-size=2")) {
            ExitException refused = org.assertj.core.api.Assertions.catchThrowableOfType(
                    ExitException.class, () -> changed.restart(execution(stopped)));
            assertThat(refused.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
            assertThat(refused.sentence())
                    .contains("rollover.plans.monthly.window was P1M, is now P2M")
                    .contains("rollover.zone was Asia/Kolkata, is now Europe/Berlin")
                    .doesNotContain("chunk-size");
        }
    }

    @Test
    void untilItHasWrittenARunTakesTheRulesOfEachAttempt() throws Exception {
        RunOutcome blocked = run(null, null);
        try (TestApplication changed = TestApplication.on(database, "rollover.plans.monthly.window=P9M")) {
            RunOutcome outcome = changed.run();
            assertThat(outcome.exitCode()).isEqualTo(ExitCode.OK);
            assertThat(outcome.run().runId()).isEqualTo(blocked.run().runId());
            assertThat(outcome.run().totals().usersRolledOver()).isEqualTo(2);
        }
    }

    @Test
    void aRunThatHasWrittenAndIsRefusedByTheSilenceLimitStaysStoppedOrFailed() throws Exception {
        RunOutcome stopped = stoppedRun();
        database.execute("update credit_rollover_runs set approved_by = null, reason = null, approved_limits = null");

        RunOutcome silent = product.restart(execution(stopped));

        assertThat(silent.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(silent.run().status()).isEqualTo(RunStatus.STOPPED);
        assertThat(silent.sentence()).contains("max-payment-silence");
        database.execute("update credit_rollover_runs set status = 'FAILED'");
        assertThat(product.restart(execution(stopped)).run().status()).isEqualTo(RunStatus.FAILED);
        RunOutcome approved = product.bean(RolloverService.class)
                .restart(execution(stopped), TestApplication.request(null, false, "seen", new StopSignal()));
        assertThat(approved.exitCode()).isEqualTo(ExitCode.OK);
    }

    @Test
    void whileDryRunIsConfiguredALiveRunDoesNotRestart() throws Exception {
        RunOutcome stopped = stoppedRun();
        try (TestApplication dry = TestApplication.on(database, "rollover.dry-run=true")) {
            ExitException refused = org.assertj.core.api.Assertions.catchThrowableOfType(
                    ExitException.class, () -> dry.restart(execution(stopped)));
            assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        }
    }

    /** A run that has decided some of its users. */
    private RunOutcome stoppedRun() throws Exception {
        host.manyUsers(3_000);
        Obstacles obstacles = Obstacles.in(database);
        obstacles.slowChunks(Duration.ofMillis(200));
        StopSignal signal = new StopSignal();
        CompletableFuture<RunOutcome> run = CompletableFuture.supplyAsync(() -> {
            try {
                return product.run(signal);
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        });
        obstacles.awaitEvents(1);
        signal.request();
        RunOutcome stopped = run.get();
        assertThat(stopped.run().status()).isEqualTo(RunStatus.STOPPED);
        obstacles.clear();
        return stopped;
    }

    private static RunOutcome run(@Nullable LocalDate date, @Nullable String approve) throws InterruptedException {
        return product.bean(RolloverService.class).run(TestApplication.request(date, false, approve, new StopSignal()));
    }

    private static ExitCode codeOf(@Nullable LocalDate date, @Nullable String approve) {
        try {
            return run(date, approve).exitCode();
        } catch (ExitException refused) {
            return refused.exitCode();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private static ExitCode codeOfRestart(RunOutcome of) throws InterruptedException {
        try {
            return product.restart(execution(of)).exitCode();
        } catch (ExitException refused) {
            return refused.exitCode();
        }
    }

    private static long execution(RunOutcome outcome) {
        return Objects.requireNonNull(outcome.run().executionId());
    }

    private static long written() {
        return database.count("select (select count(*) from credit_rollover_events)"
                + " + (select count(*) from credit_rollover_skips)");
    }
}
