package io.creditrollover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.Obstacles;
import io.creditrollover.ProductProcess;
import io.creditrollover.TestDatabase;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * A person's mistakes on the command line, each answered by one sentence and an exit code that a scheduler can go by.
 * Those in the configuration and the database are the matrix's.
 */
class CommandLineTest {
    private static final String PASSWORD = "s3cret-of-a-test";

    private static final TestDatabase DATABASE = TestDatabase.migrated();

    /** A mistake: what is given, and what comes of it. */
    record Mistake(String name, String says, List<String> args) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Mistake> mistakes() {
        return Stream.of(
                usage("an unknown option", "--dryrun", "run", "--dryrun"),
                usage("an unknown option without a command", "--dryrun", "--dryrun"),
                usage("an unknown command", "rum", "rum"),
                usage("no date", "2026-13-01", "run", "--date=2026-13-01"),
                usage("not a first of the month", "first day of a month", "run", "--date=2026-03-02"),
                usage("a date that is not here yet", "is in the future", "run", "--date=2199-01-01"),
                usage("an id that is no number", "abc", "restart", "abc"),
                usage("no id", "EXECUTION_ID", "restart"),
                usage("an unknown execution", "4711", "restart", "4711"),
                usage("the status of an unknown execution", "4711", "status", "4711"));
    }

    private static Mistake usage(String name, String says, String... args) {
        return new Mistake(name, says, List.of(args));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void isAnsweredByOneSentence(Mistake mistake) {
        String[] args =
                Stream.concat(mistake.args().stream(), Stream.of("--json")).toArray(String[]::new);

        assertRefused(Cli.on(DATABASE).run(args), 64, mistake.says());
        assertThat(DATABASE.count("select count(*) from credit_rollover_runs")).isZero();
    }

    @Test
    void aTypoInTheEnvironmentDoesNotBecomeALiveRun() throws Exception {
        HostFixture.User lapsed = HostFixture.in(DATABASE).aLapsedUser();
        try (ProductProcess process = ProductProcess.start(
                DATABASE,
                Map.of("ROLLOVER_DRY_RUM", "true", "SPRING_DATASOURCE_PASSWORD", PASSWORD),
                "run",
                "--json")) {
            int code = process.await();
            assertRefused(new Cli.Result(code, process.out(), process.err()), 78, "ROLLOVER_DRY_RUM");
            assertThat(process.err()).contains("ROLLOVER_DRY_RUN");
        }
        assertThat(HostFixture.in(DATABASE).creditsOf(lapsed)).isEqualTo(25);
    }

    @Test
    void switchedOffItSaysSoAndIsDone() throws IOException, InterruptedException {
        try (ProductProcess process = ProductProcess.start(DATABASE, Map.of("ROLLOVER_ENABLED", "false"), "--json")) {
            assertThat(process.await()).as(process.err()).isZero();
            assertThat(new Cli.Result(0, process.out(), process.err())
                            .json()
                            .get("status")
                            .asString())
                    .isEqualTo("DISABLED");
        }
    }

    @Test
    void aRunAnswersWithItsFiguresAndStatusTellsThemAgain() {
        TestDatabase database = TestDatabase.migrated();
        HostFixture host = HostFixture.in(database);
        HostFixture.User paying = host.aPayingUser();
        host.aLapsedUser();

        Cli.Result run = Cli.on(database).run("run", "--date=" + host.date(), "--approve=a test", "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode answer = run.json();
        assertThat(answer.propertyNames())
                .contains(
                        "executionId",
                        "runId",
                        "rolloverDate",
                        "mode",
                        "status",
                        "usersProcessed",
                        "usersRolledOver",
                        "usersExpired",
                        "usersSkipped",
                        "creditsBefore",
                        "creditsRolledOver",
                        "creditsExpired",
                        "startedAt",
                        "finishedAt",
                        "exitCode")
                .doesNotContain("error");
        assertThat(answer.get("rolloverDate").asString()).isEqualTo(host.date().toString());
        assertThat(answer.get("startedAt").asString()).endsWith("Z");
        assertThat(answer.get("creditsExpired").asLong()).isEqualTo(25);
        assertDecent(run);

        String id = answer.get("executionId").asString();
        Cli.Result status = Cli.on(database).run("status", id, "--json");
        assertThat(status.json()).isEqualTo(answer);
        Cli.Result all = Cli.on(database).run("status", "--json");
        assertThat(all.json().get("runs")).hasSize(1);
        Cli.Result text = Cli.on(database).run("status", id);
        assertThat(text.out()).contains("COMPLETED").doesNotContain(paying.phone());
    }

    @Test
    void aBlockedRunExitsWith65() {
        TestDatabase database = TestDatabase.migrated();
        HostFixture.in(database).aLapsedUser();
        Cli.Result blocked =
                Cli.on(database, "rollover.safety.max-payment-silence=PT0S").run("run", "--json");
        assertRefused(blocked, 65, "max-payment-silence");
        assertThat(blocked.json().get("status").asString()).isEqualTo("BLOCKED");
    }

    @Test
    void whatTheDatabaseSaysOfAFailedChunkShowsNoPhoneNumber() {
        TestDatabase database = TestDatabase.migrated();
        HostFixture.User user = HostFixture.in(database).aLapsedUser();
        database.execute(
                "create unique index on credit_rollover_events (phone_number)",
                "insert into credit_rollover_events (user_id, phone_number, rollover_date, credits_before, "
                        + "credits_after, action, reason, run_id, reason_code) select id, phone_number, "
                        + "date '2001-01-01', 1, 1, 'rollover', 'x', 0, 'x' from users");

        Cli.Result failed = Cli.on(database).run("run", "--approve=a test", "--json");

        assertThat(failed.exitCode()).isEqualTo(75);
        assertThat(failed.json().get("error").asString())
                .contains("duplicate key")
                .contains("restart");
        assertThat(failed.out() + failed.err()).doesNotContain(user.phone());
        Obstacles.in(database).clear();
    }

    private static void assertRefused(Cli.Result result, int exitCode, String says) {
        assertThat(result.exitCode()).as(result.err()).isEqualTo(exitCode);
        JsonNode answer = result.json();
        assertThat(answer.get("exitCode").asInt()).isEqualTo(exitCode);
        assertThat(answer.get("error").asString()).contains(says);
        assertThat(result.err()).contains(says);
        assertDecent(result);
    }

    /** No stack trace, no whole phone number, no secret. */
    private static void assertDecent(Cli.Result result) {
        assertThat(result.out() + result.err())
                .doesNotContain("\tat ")
                .doesNotContain("Exception")
                .doesNotContain(PASSWORD)
                .doesNotContainPattern("\\+?91\\d{8,}");
    }
}
