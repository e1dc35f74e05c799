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
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A dry run decides like the run and changes nothing; once read, it lets the run pass, while it holds. */
class PlanTest {
    private static final TestDatabase database = TestDatabase.migrated();

    /** No payment is new enough, so that every live run needs an approval or a plan. */
    @RegisterExtension
    static final TestApplication product = TestApplication.on(
            database, "rollover.safety.max-payment-silence=PT0S", "rollover.safety.max-delay=P9999D");

    private HostFixture host;

    @BeforeEach
    void begin() {
        database.reset();
        host = HostFixture.in(database);
        host.manyUsers(300);
        host.aUser(7).paid("monthly", 50, null);
    }

    @Test
    void aDryRunIsTheRunUserByUserAndChangesNoTableOfTheHost() throws Exception {
        String hostBefore = HostTables.checksum(database);
        RunOutcome dryRun = dryRun();
        assertThat(HostTables.checksum(database)).isEqualTo(hostBefore);
        assertThat(dryRun.run().message()).contains("A live run would be blocked", "max-payment-silence");
        assertThat(exceededLimits(dryRun))
                .extracting(ExceededLimit::key)
                .as("a dry run keeps them when it completes")
                .containsExactly(ExceededLimit.SILENCE);

        RunOutcome live = product.run();

        assertThat(decisions("credit_rollover_dry_run_decisions")).isEqualTo(decisions("credit_rollover_events"));
        assertThat(dryRun.run().totals().usersSkipped())
                .isEqualTo(live.run().totals().usersSkipped())
                .isOne();
        assertThat(dryRun.run().totals().creditsExpired())
                .isEqualTo(live.run().totals().creditsExpired());
        assertThat(dryRun.run().totals().creditsRolledOver())
                .isEqualTo(live.run().totals().creditsRolledOver());
    }

    @Test
    void aBlockedRunAndAForecastChangeNoTableOfTheHost() throws Exception {
        String hostBefore = HostTables.checksum(database);

        RunOutcome blocked = run(null, null);
        Forecast forecast = product.bean(ForecastService.class).of(host.date());

        assertThat(blocked.run().status()).isEqualTo(RunStatus.BLOCKED);
        assertThat(forecast.wouldBlock()).hasSize(1);
        assertThat(forecast.exceeded()).extracting(ExceededLimit::key).containsExactly(ExceededLimit.SILENCE);
        assertThat(exceededLimits(blocked)).singleElement().satisfies(limit -> {
            assertThat(limit.key()).isEqualTo(ExceededLimit.SILENCE);
            assertThat(limit.threshold()).isZero();
            assertThat(limit.value()).isPositive();
        });
        assertThat(HostTables.checksum(database)).isEqualTo(hostBefore);
    }

    private static List<ExceededLimit> exceededLimits(RunOutcome outcome) {
        return product.bean(RunOverview.class)
                .exceededLimits(Objects.requireNonNull(outcome.run().runId()))
                .orElseThrow();
    }

    @Test
    void aDryRunThatIsResumedStillSaysWhatWouldBlock() throws Exception {
        database.execute(
                "create function refuse() returns trigger language plpgsql as"
                        + " $$ begin raise exception 'refused'; end $$",
                "create trigger refuse before insert on credit_rollover_dry_run_decisions for each row"
                        + " when (new.user_id = " + database.count("select max(id) - 1 from users")
                        + ") execute function refuse()");
        RunOutcome failed = dryRun();
        database.execute("drop function refuse cascade");
        assertThat(failed.run().status()).isEqualTo(RunStatus.FAILED);
        assertThat(decisions("credit_rollover_dry_run_decisions"))
                .as("written before")
                .isNotEmpty();

        RunOutcome resumed = product.restart(execution(failed));

        assertThat(resumed.run().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(resumed.run().message()).contains("A live run would be blocked", "max-payment-silence");
        assertThat(exceededLimits(resumed))
                .extracting(ExceededLimit::key)
                .contains("rollover.safety.max-payment-silence");
    }

    @Test
    void aPlanLetsTheRunPassOnce() throws Exception {
        long plan = execution(dryRun());

        RunOutcome planned = run(plan, null);
        assertThat(planned.exitCode()).as(planned.sentence()).isEqualTo(ExitCode.OK);

        database.execute("update credit_rollover_runs set status = 'UNDONE' where mode = 'live'");
        assertThat(refusal(plan, "again")).contains("already carried out");
    }

    @Test
    void aPlanWhoseFiguresMovedBlocks() throws Exception {
        long plan = execution(dryRun());
        host.manyUsers(30);

        RunOutcome blocked = run(plan, null);

        assertThat(blocked.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(blocked.sentence()).contains("rollover.safety.plan-tolerance-percent", ": planned ");
        assertThat(blocked.run().status()).isEqualTo(RunStatus.BLOCKED);
    }

    @Test
    void aPlanUnderOtherRulesIsRefused() throws Exception {
        long plan = execution(dryRun());

        try (TestApplication other = TestApplication.on(database, "rollover.plans.monthly.window=P2M")) {
            ExitException refused = catchThrowableOfType(
                    ExitException.class, () -> other.bean(RolloverService.class).run(request(plan, null)));
            assertThat(refused.exitCode()).isEqualTo(ExitCode.REFUSED);
            assertThat(refused.sentence()).contains("rollover.plans.monthly.window was P1M, is now P2M");
        }
    }

    @Test
    void anOldPlanIsRefused() throws Exception {
        long plan = execution(dryRun());
        database.execute("""
                update credit_rollover_runs set finished_at = finished_at - interval '25 hours',
                                                started_at = started_at - interval '25 hours'
                """);

        assertThat(refusal(plan, null)).contains("more than a day old");
    }

    @Test
    void aPlanIsRefusedOnceAnotherRunHasChangedCredits() throws Exception {
        long plan = execution(dryRun());
        RunOutcome other = product.run();
        database.execute("update credit_rollover_runs set status = 'UNDONE' where mode = 'live'");
        assertThat(other.exitCode()).isEqualTo(ExitCode.OK);

        assertThat(refusal(plan, "again")).contains("another run changed credits since then");
    }

    @Test
    void aLiveRunIsNoPlan() throws Exception {
        long live = execution(product.run());
        database.execute("update credit_rollover_runs set status = 'UNDONE' where mode = 'live'");

        assertThat(refusal(live, "again")).contains("not a completed dry run");
    }

    @Test
    void aForecastIsTheRunFigureByFigure() throws Exception {
        ForecastFigures forecast =
                product.bean(ForecastService.class).of(host.date()).figures();

        RunSummary run = product.run().run();

        assertThat(forecast.totals().usersProcessed()).isEqualTo(run.totals().usersProcessed());
        assertThat(forecast.totals().usersRolledOver()).isEqualTo(run.totals().usersRolledOver());
        assertThat(forecast.totals().usersExpired()).isEqualTo(run.totals().usersExpired());
        assertThat(forecast.totals().usersSkipped()).isEqualTo(run.totals().usersSkipped());
        assertThat(forecast.totals().creditsBefore()).isEqualTo(run.totals().creditsBefore());
        assertThat(forecast.totals().creditsExpired()).isEqualTo(run.totals().creditsExpired());
    }

    private static RunOutcome dryRun() throws InterruptedException {
        return product.bean(RolloverService.class).run(TestApplication.request(null, true, null, new StopSignal()));
    }

    private static RunOutcome run(@Nullable Long plan, @Nullable String approve) throws InterruptedException {
        return product.bean(RolloverService.class).run(request(plan, approve));
    }

    private static RunRequest request(@Nullable Long plan, @Nullable String approve) {
        return new RunRequest(null, false, approve, plan, "a test", new StopSignal(), Progress.SILENT);
    }

    private static String refusal(long plan, @Nullable String approve) {
        return catchThrowableOfType(ExitException.class, () -> run(plan, approve))
                .sentence();
    }

    private static long execution(RunOutcome outcome) {
        return Objects.requireNonNull(outcome.run().executionId());
    }

    private static List<String> decisions(String table) {
        return database.jdbc().sql("""
                        select concat_ws(' ', user_id, phone_number, credits_before, credits_after, action,
                                         eligible_plan_type, reason, reason_code, payment_id, paid_at, credits_protected)
                        from %s order by user_id
                        """.formatted(table)).query(String.class).list();
    }
}
