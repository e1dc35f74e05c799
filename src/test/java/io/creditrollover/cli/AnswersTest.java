package io.creditrollover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people read on the terminal says what was done, and nothing that was not. */
class AnswersTest {
    private final TestDatabase database = TestDatabase.migrated();
    private final HostFixture host = HostFixture.in(database);

    @Test
    void aBlockedRunShowsTheForecastAndNoZeros() {
        host.aPayingUser();
        host.aLapsedUser();
        Cli cli = Cli.on(database, "rollover.safety.max-payment-silence=PT1H");

        Cli.Result run = cli.run("run");
        Cli.Result status = cli.run("status", "1");
        Cli.Result all = cli.run("status");

        assertThat(run.exitCode()).isEqualTo(65);
        assertThat(run.out())
                .contains("Rollover of " + host.date() + ": BLOCKED (run 1, execution 1)")
                .containsPattern("would roll over +1 +40")
                .containsPattern("would expire +1 +25")
                .containsPattern("would be skipped +0")
                .doesNotContain("rolled over");
        assertThat(run.err())
                .contains("credit-rollover: Blocked by safety limits; nothing was written: ", "--approve REASON");
        assertThat(status.out()).contains("would expire", "Blocked by safety limits; nothing was written: ");
        assertThat(all.out()).containsPattern("1 +" + host.date() + " +live +BLOCKED +- +- +- +-");
        assertThat(cli.run("status", "1", "--json")
                        .json()
                        .at("/forecast/usersExpired")
                        .asLong())
                .isEqualTo(1);
        assertThat(cli.run("report", "1").out())
                .containsPattern("Would expire +1 +25 credits \\(forecast\\)")
                .doesNotContain("Expired minus forecast", "BY REASON AND PLAN");
    }

    @Test
    void anUndoSpeaksOfWhatWasGivenBack() {
        host.aPayingUser();
        host.aLapsedUser();
        host.aUserWhoToppedUp();
        Cli cli = Cli.on(database);
        Cli.Result run = cli.run("run", "--approve=a test");
        assertThat(run.out()).containsPattern("rolled over +1 +40").containsPattern("expired +2 +55");

        Cli.Result wouldBe = cli.run("undo", "1", "--reason=a test", "--dry-run");
        Cli.Result undo = cli.run("undo", "1", "--reason=a test");

        assertThat(wouldBe.out().strip())
                .isEqualTo("An undo would reverse 55 credits of 2 users. Nothing was changed.");
        assertThat(undo.exitCode()).as(undo.err()).isZero();
        assertThat(undo.out())
                .contains("Undo of " + host.date() + ": COMPLETED (run 2, execution 2)")
                .containsPattern("reversed +2 +55")
                .doesNotContain("rolled over", "expired");
        assertThat(cli.run("status").out()).contains("reversed 55 credits of 2 users");
        assertThat(cli.run("report", "2").out()).containsPattern("Credits reversed +55");
    }

    @Test
    void aForecastThatAnotherVersionStoredBreaksNothing() {
        host.aPayingUser();
        HostFixture.User lapsed = host.aLapsedUser();
        Cli cli = Cli.on(database, "rollover.safety.max-payment-silence=PT1H");
        cli.run("run");
        for (String stored : List.of(
                "forecast || '{\"usersGiftedTo\": {\"new\": [1]}, \"lines\": \"elsewhere\"}'",
                "'{\"usersExpired\": 1}'",
                "'{}'")) {
            database.execute("update credit_rollover_runs set forecast = " + stored
                    + ", policy = policy || '{\"gifts\": {\"eligible\": true}}'");

            for (String[] command : new String[][] {
                {"status"}, {"status", "1"}, {"report", "1"}, {"explain", String.valueOf(lapsed.id())}
            }) {
                Cli.Result result = cli.run(command);
                assertThat(result.exitCode()).as(stored + ": " + result.err()).isZero();
            }
        }
        Cli.Result run = cli.run("run", "--approve=a test");
        assertThat(run.exitCode()).as(run.err()).isZero();
        database.execute("update credit_rollover_runs set forecast = '{\"gifts\": 1}'");
        assertThat(cli.run("report", "1").exitCode()).isZero();
        assertThat(cli.run("explain", String.valueOf(lapsed.id())).out()).contains("Your 25 credits expired on");
    }

    @Test
    void aForecastListsWhoWouldLoseWhatAndHowToKeepIt(@TempDir Path directory) throws Exception {
        host.aPayingUser();
        HostFixture.User lapsed = host.aLapsedUser();
        HostFixture.User strange = host.aUser(9).paid("=cmd|' /C calc'!A1", 10, host.inTheMonth());
        database.execute("insert into payment_plans (plan_name, plan_type, amount, credits)"
                + " values ('Strange', '=cmd|'' /C calc''!A1', 100, 1)");
        Path csv = directory.resolve("losers.csv");

        Cli.Result forecast = Cli.on(database).run("forecast", "--csv", csv.toString());

        assertThat(forecast.exitCode()).as(forecast.err()).isZero();
        assertThat(forecast.out())
                .contains("Forecast for " + host.date(), "WINDOW_ELAPSED", "2 users would lose credits")
                .contains("max-expired-factor is not applied", "The policy is not compared");
        List<String> lines = Files.readAllLines(csv);
        assertThat(lines).hasSize(3);
        assertThat(lines.get(1))
                .startsWith(lapsed.id() + ",*********")
                .contains(",25,0,25,WINDOW_ELAPSED,", "they pay for the monthly or power plan");
        assertThat(String.join("\n", lines)).doesNotContain(lapsed.phone(), strange.phone());
    }
}
