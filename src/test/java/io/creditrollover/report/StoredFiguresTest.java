package io.creditrollover.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.Obstacles;
import io.creditrollover.ProductProcess;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.Cli;
import io.creditrollover.cli.TestApplication;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.lease.StopSignal;
import io.creditrollover.run.RolloverService;
import io.creditrollover.run.RunOutcome;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a report shows of an ended run was stored at its end, once. */
class StoredFiguresTest {
    private static final String ALL =
            "select string_agg(run_id || figures::text || coalesce(users_came_back, -1), ',' order by run_id) from"
                    + " credit_rollover_figures";

    private final TestDatabase database = TestDatabase.migrated();
    private final HostFixture host = HostFixture.in(database);
    private @Nullable Cli cli;

    @AfterEach
    void end() {
        if (cli != null) {
            cli.end();
        }
    }

    private Cli cli() {
        if (cli == null) {
            cli = Cli.startedOnce(database);
        }
        return cli;
    }

    @Test
    void whatTheHostChangesAfterwardsChangesNoEndedMonth() throws Exception {
        try (TestApplication product = TestApplication.on(database)) {
            months(product, 3, 2, 1, 0);
            Figures figures = product.bean(Figures.class);
            List<RunFigures> before =
                    IntStream.rangeClosed(1, 4).mapToObj(figures::of).toList();
            String stored = stored();

            database.execute("update payments set payment_status = 'refunded'", "delete from users where id % 3 = 0");

            assertThat(stored()).isEqualTo(stored);
            for (int run = 1; run <= 4; run++) {
                assertThat(figures.of(run))
                        .usingRecursiveComparison()
                        .ignoringFields("cameBack", "countedAt", "latePayments", "skippedUsers")
                        .isEqualTo(before.get(run - 1));
            }
            assertThat(figures.of(4).cameBack().subList(0, 2))
                    .as("closed months")
                    .isEqualTo(before.get(3).cameBack().subList(0, 2));
            assertThat(before.get(3).cameBack().get(2).usersCameBack())
                    .as("the last month is counted now")
                    .isPositive();
            assertThat(figures.of(4).cameBack().get(2).usersCameBack()).isZero();
        }
    }

    @Test
    void theReportOfAnOldMonthReadsNeitherEventsNorPayments() throws Exception {
        try (TestApplication product = TestApplication.on(database)) {
            months(product, 4, 3, 2, 1, 0);
            RunFigures before = product.bean(Figures.class).of(2);
            assertThat(before.open()).isFalse();
            assertThat(before.cameBack()).isNotEmpty();

            database.execute(
                    "alter table credit_rollover_events rename to away", "alter table payments rename to away_too");

            assertThat(product.bean(Figures.class).of(2)).isEqualTo(before);
            assertThat(RunReportBuilder.of(before).facts())
                    .contains(new ReportPage.Fact("Late payments", "counted for the last two months only"));
        }
    }

    @Test
    void noPhoneNumberIsStored() throws Exception {
        try (TestApplication product = TestApplication.on(database)) {
            host.aUser(5).paid("campus", 10, host.inTheMonth());
            months(product, 0);
        }
        assertThat(stored()).contains("PLAN_UNKNOWN").doesNotContain("+9").doesNotContain("***");
    }

    @Test
    void aRunKilledBetweenItsEndAndItsFiguresGetsThemFromTheNextAttempt() throws Exception {
        host.manyUsers(50);
        database.execute(
                "create function slow() returns trigger language plpgsql as"
                        + " $$ begin perform pg_sleep(120); return new; end $$",
                "create trigger slow before insert on credit_rollover_figures for each row execute function slow()");
        try (ProductProcess process = ProductProcess.start(database, Map.of(), "run", "--approve=a test")) {
            Obstacles.in(database)
                    .await("select count(*) = 1 from pg_stat_activity where wait_event = 'PgSleep' and datname ="
                            + " current_database()");
            assertThat(database.count("select count(*) from credit_rollover_runs where status = 'COMPLETED'"))
                    .isOne();
            process.kill();
        }
        database.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <>"
                        + " pg_backend_pid()",
                "drop function slow cascade");
        assertThat(database.count("select count(*) from credit_rollover_figures"))
                .isZero();

        Cli.Result again = cli().run("run", "--json");

        assertThat(again.exitCode()).as(again.err()).isZero();
        assertThat(database.count("select count(*) from credit_rollover_figures"))
                .isOne();
        assertThat(cli().run("report", "1").out())
                .contains("BY REASON AND PLAN", "Revenue protected")
                .doesNotContain("Only the totals");
    }

    @Test
    void figuresThatCannotBeStoredFailNoRun() throws Exception {
        refuseFiguresFrom(1);
        host.aLapsedUser();

        Cli.Result run = cli().run("run", "--approve=a test", "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.json().path("status").asString()).isEqualTo("COMPLETED");
        assertThat(database.count("select count(*) from credit_rollover_figures"))
                .isZero();
    }

    @Test
    void aMonthWithoutFiguresShowsItsTotalsAndSaysSo() throws Exception {
        try (TestApplication product = TestApplication.on(database)) {
            months(product, 1, 0);
        }
        database.execute("delete from credit_rollover_figures where run_id = 1");

        String without = cli().run("report", "1").out();
        String next = cli().run("report", "2").out();

        assertThat(without)
                .contains("Only the totals are shown", "The command migrate")
                .containsPattern("Users expired +[1-9]")
                .containsPattern("Revenue protected +– +– at risk")
                .doesNotContain("BY REASON AND PLAN", "₹0");
        assertThat(next)
                .as("the earlier month, in the report of the next one")
                .containsPattern(host.date().minusMonths(1).toString().substring(0, 7) + " +– +– +–\n")
                .doesNotContain("Only the totals are shown");
    }

    @Test
    void migrateStoresTheFiguresOfOldMonthsAndGoesOnWhereItBrokeOff() throws Exception {
        try (TestApplication product = TestApplication.on(database)) {
            months(product, 3, 2, 1, 0);
        }
        String once = stored();
        database.execute("delete from credit_rollover_figures");
        refuseFiguresFrom(3);

        Cli.Result broken = cli().run("migrate", "--json");
        assertThat(broken.exitCode()).as(broken.err()).isZero();
        assertThat(broken.json().path("notes").toString()).contains("not all stored", "refused by a test");
        assertThat(database.count("select count(*) from credit_rollover_figures"))
                .isEqualTo(2);
        StopSignal stop = new StopSignal();
        stop.request();
        assertThat(cli().run(stop, "migrate").exitCode()).isEqualTo(ExitCode.RETRY.code());
        database.execute("drop function refuse cascade");

        Cli.Result filled = cli().run("migrate", "--json");

        assertThat(filled.json().path("notes").toString()).contains("Figures stored of 2 completed runs.");
        assertThat(stored()).isEqualTo(once);
        assertThat(cli().run("migrate").out()).contains("Everything is up to date.");
    }

    @Test
    void aDryRunKeepsItsFiguresWhenItsDecisionsAreRemovedAndGetsNoZerosAfterwards() throws Exception {
        host.manyUsers(20);
        cli().run("run", "--dry-run");
        database.execute("delete from credit_rollover_dry_run_decisions");

        assertThat(cli().run("report", "1").out())
                .contains("The decisions of this dry run were removed; its figures were stored before.")
                .contains("BY REASON AND PLAN");

        database.execute("delete from credit_rollover_figures");
        assertThat(cli().run("migrate").out()).contains("Of 1 dry runs only the totals are left");
        assertThat(cli().run("report", "1").out())
                .contains("were removed before its figures were stored")
                .containsPattern("Users expired +[1-9]");
    }

    @Test
    void anUndoneRunKeepsItsFiguresAndTheUndoHasItsOwn() throws Exception {
        host.manyUsers(20);
        cli().run("run", "--approve=a test");
        String ofTheRun = stored();

        cli().run("undo", "1", "--reason=a test");

        assertThat(stored()).startsWith(ofTheRun).contains("\"action\": \"reversal\"");
        assertThat(cli().run("report", "1").out())
                .contains("UNDONE", "Expiry: window elapsed".toLowerCase(Locale.ROOT));
    }

    @Test
    void anUndoTakesThePaymentMonthsThatItsRunHasCounted() throws Exception {
        String months = "select figures -> 'paymentMonths' from credit_rollover_figures where run_id = ";
        try (TestApplication product = TestApplication.on(database)) {
            months(product, 0);
            database.execute("update payments set payment_status = 'refunded'");

            Cli.on(database).run("undo", "1", "--reason=wrong zone");

            assertThat(text(months + 2)).isNotEqualTo("[]").isEqualTo(text(months + 1));
        }
    }

    @Test
    void aRunTakesThePaymentMonthsOfADryRunUnlessTheyHadNotEndedThen() throws Exception {
        String lastMonth = "select figures -> 'paymentMonths' -> 11 from credit_rollover_figures where run_id = ";
        String earlier = "select (figures -> 'paymentMonths') - 11 from credit_rollover_figures where run_id = ";
        try (TestApplication product = TestApplication.on(database)) {
            months(product);
        }
        cli().run("run", "--dry-run");
        database.execute("update payments set payment_status = 'refunded'");

        assertThat(cli().run("run", "--approve=a test").exitCode()).isZero();

        assertThat(text(lastMonth + 2)).isEqualTo(text(lastMonth + 1)).doesNotContain("\"usersRenewed\": 0,");
        assertThat(text(earlier + 2)).isEqualTo(text(earlier + 1));

        database.execute(
                "delete from credit_rollover_figures where run_id = 2",
                "update credit_rollover_runs set started_at = cutoff - interval '1 second' where id = 1");
        cli().run("migrate");

        assertThat(text(lastMonth + 2)).contains("\"usersRenewed\": 0,");
        assertThat(text(earlier + 2)).isEqualTo(text(earlier + 1));
    }

    @Test
    void theFirstFormIsReadByLaterVersionsAndWhatItLacksHasDefaults() {
        StoredFigures read = StoredFigures.parse("""
                        {"lines": [{"action": "expiry", "reasonCode": "NO_PAYMENT", "planType": null, "users": 2,
                                    "creditsBefore": 30, "creditsAfter": 0}],
                         "revenue": {"protectedPaise": 29900, "atRiskPaise": 9900, "expiredValuePaise": 100},
                         "difference": {"users": 1, "credits": 2},
                         "eligiblePlans": ["monthly"],
                         "paymentMonths": [{"rolloverDate": "2026-11-01", "usersConverted": 1, "usersOnOtherPlans": 2,
                                            "usersRenewed": 3, "renewedPaise": 4}]}
                        """).orElseThrow();

        assertThat(read)
                .isEqualTo(new StoredFigures(
                        List.of(new DecisionLine("expiry", "NO_PAYMENT", null, 2, 30, 0)),
                        new Revenue(29_900, 9_900, 100),
                        new ReconciliationDifference(1, 2),
                        List.of("monthly"),
                        List.of(new PaymentMonth(LocalDate.of(2026, 11, 1), 1, 2, 3, 4))));
        assertThat(StoredFigures.parse(read.toJson())).contains(read);
        assertThat(StoredFigures.parse("{\"revenue\": {\"atRiskPaise\": 7}, \"ofALaterVersion\": 1}"))
                .contains(new StoredFigures(
                        List.of(), new Revenue(0, 7, 0), new ReconciliationDifference(0, 0), List.of(), List.of()));
        assertThat(StoredFigures.parse("[]")).isEmpty();
    }

    private void months(TestApplication product, int... monthsBack) throws InterruptedException {
        host.manyUsers(60);
        database.execute("update users set created_at = '2020-01-01'", """
                insert into payments (user_id, phone_number, plan_type, amount, credits_added, payment_status, created_at)
                select id, phone_number, case id %% 4 when 0 then 'starter' else 'monthly' end, 29900, 10, 'paid',
                       '%s'::timestamptz - interval '5 days' - n * interval '30 days'
                from users, generate_series(0, 4) n where (id + n) %% 3 = 0
                """.formatted(host.cutoff()));
        for (int back : monthsBack) {
            database.execute("update users set credits = 20");
            RunOutcome run = product.bean(RolloverService.class)
                    .run(TestApplication.request(host.date().minusMonths(back), false, "a test", new StopSignal()));
            assertThat(run.exitCode()).as(run.sentence()).isEqualTo(ExitCode.OK);
        }
    }

    private String text(String sql) {
        return database.jdbc().sql(sql).query(String.class).single();
    }

    private void refuseFiguresFrom(long runId) {
        database.execute(
                "create function refuse() returns trigger language plpgsql as $$ begin if new.run_id >= " + runId
                        + " then raise exception 'refused by a test'; end if; return new; end $$",
                "create trigger refuse before insert on credit_rollover_figures for each row execute function refuse()");
    }

    private String stored() {
        return Stream.of(ALL)
                .map(sql -> database.jdbc().sql(sql).query(String.class).single())
                .findFirst()
                .orElseThrow();
    }
}
