package io.creditrollover.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.Cli;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ReportCommandTest {
    private final TestDatabase database = TestDatabase.migrated();
    private final HostFixture host = HostFixture.in(database);

    @TempDir
    private Path directory;

    @Test
    void theCsvHasALineAnEventAndNoWholePhone() throws Exception {
        HostFixture.User lapsed = host.aLapsedUser();
        host.aPayingUser();
        Cli.on(database).run("run", "--approve=a test");
        Path csv = directory.resolve("events.csv");

        Cli.Result report = Cli.on(database).run("report", "1", "--csv", csv.toString());

        assertThat(report.exitCode()).as(report.err()).isZero();
        List<String> lines = Files.readAllLines(csv);
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).startsWith("event_id,run_id,rollover_date,user_id,phone_number,action,");
        assertThat(lines.get(1))
                .contains(",*********" + lapsed.phone().substring(lapsed.phone().length() - 4) + ",expiry,25,0,,")
                .contains(",WINDOW_ELAPSED,\"Last payment was monthly on ")
                .doesNotContain(lapsed.phone());
        try (var left = Files.list(directory)) {
            assertThat(left).containsExactly(csv);
        }
    }

    @Test
    void noCellCanBeTakenForAFormula() {
        assertThat(EventCsv.cell("=1+1")).isEqualTo("'=1+1");
        assertThat(EventCsv.cell("@sum")).isEqualTo("'@sum");
        assertThat(EventCsv.cell("\t=1")).isEqualTo("'\t=1");
        assertThat(EventCsv.cell("-2+3")).isEqualTo("'-2+3");
        assertThat(EventCsv.cell("+9190")).isEqualTo("'+9190");
        assertThat(EventCsv.cell("say \"a, b\"")).isEqualTo("\"say \"\"a, b\"\"\"");
        assertThat(EventCsv.cell("monthly")).isEqualTo("monthly");
    }

    /** The id of a user may be any bigint. */
    @Test
    void aNegativeNumberStaysANumber() {
        assertThat(EventCsv.cell("-5")).isEqualTo("-5");
        assertThat(EventCsv.cell("-5\n")).startsWith("\"'-5");
    }

    @Test
    void aFileThatCannotBeWrittenIsAUsersMistakeAndLeavesNothing() {
        host.aPayingUser();
        Cli.on(database).run("run", "--approve=a test");

        Cli.Result report = Cli.on(database)
                .run(
                        "report",
                        "1",
                        "--csv",
                        directory.resolve("no/such/place.csv").toString());

        assertThat(report.exitCode()).isEqualTo(64);
        assertThat(report.err()).contains("cannot be written").doesNotContain("\tat ");
    }

    @Test
    void thePageStandsByItselfAndEscapesWhatTheHostWrote() throws Exception {
        host.manyUsers(20);
        host.aUser(5).paid("<script>alert(1)</script>", 10, host.inTheMonth());
        Cli.on(database).run("run", "--approve=a test");
        Path html = directory.resolve("page.html");

        Cli.Result report = Cli.on(database).run("report", "1", "--html", html.toString());

        assertThat(report.exitCode()).as(report.err()).isZero();
        assertThat(Files.readString(html))
                .contains("<svg", "&lt;script&gt;", RunMonth.REVENUE_AT_RISK, "prefers-color-scheme: dark")
                .doesNotContain("<script", "src=", "href=", "url(", "@import", "http://www.thymeleaf.org")
                .contains("Check the payments of each user.");
    }

    @Test
    void theJsonIsThatOfTheRunWithItsFigures() {
        host.aLapsedUser();
        Cli.on(database).run("run", "--approve=a test");

        JsonNode json = Cli.on(database).run("report", "1", "--json").json();

        assertThat(json.get("exitCode").asInt()).isZero();
        assertThat(json.get("usersExpired").asLong()).isEqualTo(1);
        assertThat(json.get("figures")
                        .get("runMonths")
                        .get(0)
                        .get("revenueAtRiskPaise")
                        .asLong())
                .isEqualTo(29_900);
    }

    @Test
    void everyMeaningIsShownWhereItsFigureIs() {
        host.manyUsers(20);
        host.aUser(5).paid("campus", 10, host.inTheMonth());
        Cli.on(database).run("run", "--approve=a test");

        String text = Cli.on(database).run("report", "1").out();

        assertThat(text)
                .contains(
                        DecisionLine.MEANING,
                        SkippedUser.MEANING,
                        RunMonth.REVENUE_PROTECTED,
                        RunMonth.REVENUE_AT_RISK,
                        RunMonth.EXPIRED_VALUE,
                        PaymentMonth.CONVERSION,
                        PaymentMonth.RENEWALS,
                        WinBack.MEANING,
                        ReconciliationDifference.MEANING);
    }

    @Test
    void anUnknownExecutionIsWrongUsage() {
        assertThat(Cli.on(database).run("report", "99").exitCode()).isEqualTo(64);
    }
}
