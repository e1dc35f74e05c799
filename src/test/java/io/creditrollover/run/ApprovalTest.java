package io.creditrollover.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.creditrollover.HostFixture;
import io.creditrollover.Obstacles;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.TestApplication;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import io.creditrollover.lease.StopSignal;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An approval covers what was known when it was given, and a plan is asked about at every attempt. */
class ApprovalTest {
    private static final String BACKUP = "rollover.backup.enabled=true";
    private static final String NOWHERE = "rollover.backup.directory=/nowhere/at/all";
    private static final String ANY_DELAY = "rollover.safety.max-delay=P9999D";
    private static final String ANY_SILENCE = "rollover.safety.max-payment-silence=P9999D";

    private final TestDatabase database = TestDatabase.migrated();
    private final HostFixture host = HostFixture.in(database);

    @BeforeEach
    void people() {
        host.manyUsers(300);
    }

    @Test
    void anApprovalOfAnAttemptThatWroteNothingLetsNoLaterAttemptPass() throws Exception {
        assertThat(run("ticket 1", null, BACKUP, NOWHERE).exitCode()).isEqualTo(ExitCode.CONFIGURATION);
        long credits = credits();
        database.execute("delete from payments");

        RunOutcome later = run(null, null);

        assertThat(later.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(later.run().status()).isEqualTo(RunStatus.BLOCKED);
        assertThat(later.run().approvedBy()).isNull();
        assertThat(later.sentence()).contains("max-payment-silence");
        assertThat(credits()).isEqualTo(credits);
    }

    @Test
    void anApprovalOfALateRunDoesNotCoverPaymentsThatStopAfterwards() throws Exception {
        host.aUser(1).paid("monthly", 50, java.time.Instant.now());
        RunOutcome stopped = stopped("it is late", null, "rollover.safety.max-delay=PT0S");
        database.execute("delete from payments where created_at > now() - interval '40 days'");

        RunOutcome silent = restart(stopped, null);

        assertThat(silent.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(silent.sentence()).contains("max-payment-silence");
    }

    @Test
    void anApprovalCoversTheLimitThatWasExceededWhenItWasGivenOnceTheRunHasWritten() throws Exception {
        RunOutcome stopped = stopped("payments are late", null, "rollover.safety.max-payment-silence=PT0S", ANY_DELAY);

        RunOutcome resumed = restart(stopped, null, "rollover.safety.max-payment-silence=PT0S");

        assertThat(resumed.exitCode()).as(resumed.sentence()).isEqualTo(ExitCode.OK);
    }

    @Test
    void aPlanThatHasGrownOldSinceItsAttemptFailedIsRefused() throws Exception {
        long plan = dryRun();
        assertThat(run(null, plan, BACKUP, NOWHERE).exitCode()).isEqualTo(ExitCode.CONFIGURATION);
        database.execute("update credit_rollover_runs set finished_at = finished_at - interval '10 days'"
                + " where mode = 'dry-run'");

        ExitException refused = catchThrowableOfType(ExitException.class, () -> run(null, null));

        assertThat(refused.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(refused.sentence()).contains("more than a day old", "--approve REASON");
        assertThat(run("seen", null, ANY_DELAY, ANY_SILENCE).exitCode())
                .as("an approval replaces the plan")
                .isEqualTo(ExitCode.OK);
    }

    @Test
    void aPlanThatIsStillGoodIsCarriedOutByALaterAttempt() throws Exception {
        long plan = dryRun();
        assertThat(run(null, plan, BACKUP, NOWHERE, ANY_SILENCE).exitCode()).isEqualTo(ExitCode.CONFIGURATION);

        RunOutcome later = run(null, null, "rollover.safety.max-delay=PT0S", ANY_SILENCE);

        assertThat(later.exitCode()).as(later.sentence()).isEqualTo(ExitCode.OK);
    }

    @Test
    void aPlanNeverCoversTheSilenceLimitOfALaterAttempt() throws Exception {
        long plan = dryRun();
        String silent = "rollover.safety.max-payment-silence=PT0S";
        RunOutcome stopped = stopped(null, plan, silent);

        RunOutcome later = restart(stopped, null, silent);

        assertThat(later.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(later.sentence()).contains("max-payment-silence");
        assertThat(restart(stopped, "seen", silent).exitCode()).isEqualTo(ExitCode.OK);
    }

    @Test
    void aPlannedRunThatHasNotWrittenIsHeldAgainstTheSilenceLimitAtItsNextAttempt() throws Exception {
        long plan = dryRun();
        String silent = "rollover.safety.max-payment-silence=PT0S";
        assertThat(run(null, plan, BACKUP, NOWHERE, silent).exitCode()).isEqualTo(ExitCode.CONFIGURATION);

        RunOutcome later = run(null, null, silent);

        assertThat(later.run().status()).isEqualTo(RunStatus.BLOCKED);
        assertThat(later.sentence()).contains("max-payment-silence");
    }

    private long dryRun() throws InterruptedException {
        try (TestApplication product = TestApplication.on(database)) {
            RunOutcome dryRun = product.bean(RolloverService.class)
                    .run(TestApplication.request(null, true, null, new StopSignal()));
            return java.util.Objects.requireNonNull(dryRun.run().executionId());
        }
    }

    private RunOutcome run(@Nullable String approve, @Nullable Long plan, String... settings)
            throws InterruptedException {
        try (TestApplication product = TestApplication.on(database, settings)) {
            return run(product, approve, plan, new StopSignal());
        }
    }

    private static RunOutcome run(
            TestApplication product, @Nullable String approve, @Nullable Long plan, StopSignal signal)
            throws InterruptedException {
        return product.bean(RolloverService.class)
                .run(new RunRequest(null, false, approve, plan, "a test", signal, Progress.SILENT));
    }

    private RunOutcome restart(RunOutcome run, @Nullable String approve, String... settings)
            throws InterruptedException {
        try (TestApplication product = TestApplication.on(database, settings)) {
            return product.bean(RolloverService.class)
                    .restart(
                            java.util.Objects.requireNonNull(run.run().executionId()),
                            TestApplication.request(null, false, approve, new StopSignal()));
        }
    }

    /** A run that has decided some of its users. */
    private RunOutcome stopped(@Nullable String approve, @Nullable Long plan, String... settings) throws Exception {
        Obstacles obstacles = Obstacles.in(database);
        obstacles.slowChunks(Duration.ofMillis(100));
        String[] small = java.util.Arrays.copyOf(settings, settings.length + 1);
        small[settings.length] = "rollover.chunk-size=10";
        try (TestApplication product = TestApplication.on(database, small)) {
            StopSignal signal = new StopSignal();
            CompletableFuture<RunOutcome> run = CompletableFuture.supplyAsync(() -> {
                try {
                    return run(product, approve, plan, signal);
                } catch (InterruptedException interrupted) {
                    throw new IllegalStateException(interrupted);
                }
            });
            obstacles.awaitEvents(1);
            signal.request();
            assertThat(run.get().run().status()).isEqualTo(RunStatus.STOPPED);
            obstacles.clear();
            return run.get();
        }
    }

    private long credits() {
        return database.count("select sum(credits) from users");
    }
}
