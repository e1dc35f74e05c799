package io.creditrollover.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.Obstacles;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.Cli;
import io.creditrollover.cli.TestApplication;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A run's life over HTTP; every answer is held against the OpenAPI description. */
class RunCommandControllerTest {
    private final TestDatabase database = ConsoleServer.emptied();
    private final HostFixture host = ConsoleServer.host();
    private final ApiClient olga = ConsoleServer.operator();

    @Test
    void startsARunAndShowsItsFiguresAndEvents() throws InterruptedException {
        HostFixture.User paying = host.aPayingUser();
        host.aLapsedUser();
        host.aUserWhoNeverPaid();

        ApiClient.Answer begun = olga.post("/admin/run-rollover", "{\"approve\": \"first month\"}");

        assertThat(begun.status()).isEqualTo(202);
        JsonNode run = olga.awaitEnd(begun.header("Location"));
        assertThat(run.path("status").asString()).isEqualTo("COMPLETED");
        assertThat(run.path("usersProcessed").asLong()).isEqualTo(3);
        assertThat(run.path("creditsExpired").asLong()).isEqualTo(35);
        assertThat(run.path("requestedBy").asString()).isEqualTo("olga via serve");
        JsonNode events =
                olga.get(begun.header("Location") + "/events?action=rollover").json();
        assertThat(events.path("totalEvents").asLong()).isEqualTo(1);
        JsonNode event = events.path("events").get(0);
        assertThat(event.path("userId").asInt()).isEqualTo(paying.id());
        assertThat(event.path("phoneNumber").asString())
                .endsWith(paying.phone().substring(9))
                .doesNotContain(paying.phone());
        ApiClient.Answer csv = olga.get(begun.header("Location") + "/events.csv");
        assertThat(csv.body().lines()).hasSize(4).first().asString().startsWith("event_id,run_id,");
        assertThat(csv.body()).doesNotContain(paying.phone());
        assertThat(olga.get("/admin/rollovers").json().path("runs")).hasSize(1);
    }

    @Test
    void saysOfACompleteMonthThatNothingHadToBeDone() throws InterruptedException {
        host.aPayingUser();
        ApiClient.Answer first = olga.post("/admin/run-rollover", "{\"approve\": \"first month\"}");
        olga.awaitEnd(first.header("Location"));

        ApiClient.Answer second = olga.post("/admin/run-rollover");

        assertThat(second.status()).isEqualTo(200);
        assertThat(second.header("Location")).isEqualTo(first.header("Location"));
    }

    @Test
    void aDryRunDecidesAndChangesNothing() throws InterruptedException {
        HostFixture.User lapsed = host.aLapsedUser();

        ApiClient.Answer begun = olga.post("/admin/run-rollover", "{\"dryRun\": true}");

        JsonNode run = olga.awaitEnd(begun.header("Location"));
        assertThat(run.path("mode").asString()).isEqualTo("dry-run");
        assertThat(run.path("usersExpired").asLong()).isEqualTo(1);
        assertThat(host.creditsOf(lapsed)).isEqualTo(25);
        assertThat(olga.get(begun.header("Location") + "/events")
                        .json()
                        .path("totalEvents")
                        .asLong())
                .isEqualTo(1);
    }

    @Test
    void undoesWithAReasonAndOnlyWithOne() throws InterruptedException {
        HostFixture.User lapsed = host.aLapsedUser();
        ApiClient.Answer begun = olga.post("/admin/run-rollover", "{\"approve\": \"first month\"}");
        olga.awaitEnd(begun.header("Location"));
        assertThat(host.creditsOf(lapsed)).isZero();

        for (String incomplete : List.of(
                "{}",
                "{\"everyone\": true}",
                "{\"reason\": \"why\"}",
                "{\"reason\": \"why\", \"user\": null}",
                "{\"reason\": \"why\", \"user\": \"\"}",
                "{\"reason\": \"why\", \"user\": \" \"}",
                "{\"reason\": \"why\", \"everyone\": false}",
                "{\"reason\": \"why\", \"user\": \"1\", \"everyone\": true}")) {
            assertThat(olga.post(begun.header("Location") + "/undo", incomplete).status())
                    .as(incomplete)
                    .isEqualTo(400);
        }
        assertThat(host.creditsOf(lapsed)).isZero();
        ApiClient.Answer undo =
                olga.post(begun.header("Location") + "/undo", "{\"reason\": \"wrong plan list\", \"everyone\": true}");

        assertThat(undo.status()).isEqualTo(202);
        assertThat(olga.awaitEnd(undo.header("Location")).path("status").asString())
                .isEqualTo("COMPLETED");
        assertThat(host.creditsOf(lapsed)).isEqualTo(25);
        assertThat(olga.get(begun.header("Location")).json().path("status").asString())
                .isEqualTo("UNDONE");
        assertThat(olga.post(begun.header("Location") + "/undo", "{\"reason\": \"again\", \"everyone\": true}")
                        .status())
                .isEqualTo(409);
        assertThat(olga.post("/admin/run-rollover").status()).isEqualTo(409);
    }

    @Test
    void refusesWhatIsWrongWithOneSentence() {
        assertThat(olga.post("/admin/run-rollover", "{\"date\": \"2026-11-02\"}"))
                .returns(400, ApiClient.Answer::status);
        ApiClient.Answer number = olga.post("/admin/run-rollover", "{\"date\": 20261101}");
        assertThat(number.status()).isEqualTo(400);
        assertThat(number.json().path("detail").asString())
                .contains("text such as \"2026-11-01\"")
                .doesNotContain("57443");
        assertThat(olga.post("/admin/run-rollover", "{\"date\": \"+999999999-01-01\", \"dryRun\": true}"))
                .returns(400, ApiClient.Answer::status);
        assertThat(olga.post("/admin/run-rollover", "{\"date\": \"2999-01-01\"}"))
                .returns(400, ApiClient.Answer::status);
        assertThat(olga.post("/admin/run-rollover", "{\"dryrun\": true}")).returns(400, ApiClient.Answer::status);
        assertThat(olga.post("/admin/run-rollover", "{\"dryRun\": \"perhaps\"}"))
                .returns(400, ApiClient.Answer::status);
        assertThat(olga.post("/admin/run-rollover", "not json")).returns(400, ApiClient.Answer::status);
        assertThat(olga.postForm("/admin/run-rollover", "dryRun=true")).returns(415, ApiClient.Answer::status);
        assertThat(olga.get("/admin/rollovers/999")).returns(404, ApiClient.Answer::status);
        assertThat(olga.get("/admin/rollovers/first")).returns(400, ApiClient.Answer::status);
        assertThat(olga.post("/admin/rollovers/999/restart")).returns(404, ApiClient.Answer::status);
        assertThat(olga.post("/admin/rollovers/999/stop")).returns(404, ApiClient.Answer::status);
        assertThat(olga.post("/admin/rollovers/999/undo", "{\"reason\": \"why\", \"everyone\": true}"))
                .returns(404, ApiClient.Answer::status);
        assertThat(olga.get("/admin/nothing")).returns(404, ApiClient.Answer::status);
        assertThat(database.count("select count(*) from credit_rollover_runs")).isZero();
    }

    @Test
    void ofTwoWhoPressRunAtOnceOneGetsIt() throws Exception {
        host.manyUsers(200);
        CountDownLatch together = new CountDownLatch(2);
        ExecutorService browsers = Executors.newFixedThreadPool(2);
        List<Future<ApiClient.Answer>> answers =
                List.of(browsers.submit(() -> press(together)), browsers.submit(() -> press(together)));

        List<ApiClient.Answer> both =
                List.of(answers.get(0).get(), answers.get(1).get());

        browsers.shutdown();
        // The later one is refused while the first works, or told that it is complete.
        assertThat(both)
                .extracting(ApiClient.Answer::status)
                .containsAnyOf(409, 200)
                .contains(202);
        awaitEnds(both);
        assertThat(database.count("select count(*) from credit_rollover_runs")).isEqualTo(1);
        assertThat(database.count("select count(*) from credit_rollover_batch_job_execution"))
                .isEqualTo(1);
    }

    /** The next test empties the tables. */
    private void awaitEnds(List<ApiClient.Answer> answers) throws InterruptedException {
        for (ApiClient.Answer answer : answers) {
            if (answer.status() == 202) {
                olga.awaitEnd(answer.header("Location"));
            }
        }
    }

    private ApiClient.Answer press(CountDownLatch together) throws InterruptedException {
        together.countDown();
        together.await();
        return olga.post("/admin/run-rollover", "{\"approve\": \"first month\"}");
    }

    @Test
    void theSameIdempotencyKeyStartsOneRunAndGetsTheSameAnswer() throws InterruptedException {
        host.aPayingUser();
        ApiClient once = olga.with("Idempotency-Key", "month-1");
        ApiClient.Answer first = once.post("/admin/run-rollover", "{\"dryRun\": true}");

        ApiClient.Answer second = once.post("/admin/run-rollover", "{\"dryRun\": true}");

        assertThat(second.status()).isEqualTo(202);
        assertThat(second.header("Location")).isEqualTo(first.header("Location"));
        assertThat(database.count("select count(*) from credit_rollover_runs")).isEqualTo(1);
        assertThat(once.post("/admin/run-rollover", "{}").status()).isEqualTo(422);
        assertThat(olga.with("Idempotency-Key", "a b")
                        .post("/admin/run-rollover")
                        .status())
                .isEqualTo(400);
        olga.awaitEnd(first.header("Location"));
    }

    @Test
    void aKeyWhoseRequestWasRefusedStaysFree() throws InterruptedException {
        ApiClient once = olga.with("Idempotency-Key", "month-2");

        assertThat(once.post("/admin/run-rollover", "{\"date\": \"2026-11-02\"}")
                        .status())
                .isEqualTo(400);

        ApiClient.Answer begun = once.post("/admin/run-rollover", "{\"dryRun\": true}");
        assertThat(begun.status()).isEqualTo(202);
        awaitEnds(List.of(begun));
    }

    @Test
    void whatIsStoppedHereIsRestartedFromTheCommandLine() throws Exception {
        host.manyUsers(300);
        HostFixture.User busy = host.aLapsedUser();
        String location;
        try (var lock = host.lock(busy)) {
            ApiClient.Answer begun = olga.post("/admin/run-rollover", "{\"approve\": \"first month\"}");
            location = begun.header("Location");

            assertThat(olga.post("/admin/run-rollover", "{\"approve\": \"x\"}").status())
                    .isEqualTo(409);
            assertThat(olga.post(location + "/stop", "{\"reason\": \"lunch\"}").status())
                    .isEqualTo(202);
            assertThat(olga.awaitEnd(location).path("status").asString()).isEqualTo("STOPPED");
        }
        assertThat(olga.post(location + "/stop").status()).isEqualTo(409);

        String executionId = location.substring(location.lastIndexOf('/') + 1);
        Cli.Result restarted = Cli.on(database).run("restart", executionId, "--json");

        assertThat(restarted.exitCode()).as(restarted.err()).isZero();
        assertThat(restarted.json().path("usersProcessed").asLong()).isEqualTo(301);
        assertThat(database.jdbc()
                        .sql("select action || ' ' || coalesce(reason, '') from credit_rollover_audit order by id")
                        .query(String.class)
                        .list())
                .contains("stop lunch", "run x", "run first month");
    }

    @Test
    void stoppingTheServerStopsItsRunsBetweenTwoChunks() throws Exception {
        TestDatabase itsOwn = TestDatabase.migrated();
        HostFixture people = HostFixture.in(itsOwn).manyUsers(100);
        HostFixture.User busy = people.aLapsedUser();
        TestApplication server = ConsoleServer.start(itsOwn);
        ApiClient client = new ApiClient(server.port()).as(ConsoleServer.OPERATOR, ConsoleServer.OPERATOR_PASSWORD);
        try (var lock = people.lock(busy)) {
            client.post("/admin/run-rollover", "{\"approve\": \"first month\"}");
            Obstacles.in(itsOwn).awaitEvents(1); // before that its approval would end with it

            server.close();

            assertThat(itsOwn.jdbc()
                            .sql("select status from credit_rollover_runs")
                            .query(String.class)
                            .single())
                    .isEqualTo("STOPPED");
        }
        assertThat(Cli.on(itsOwn).run("run").exitCode()).isZero();
    }

    @Test
    void forecastsTheMonthAndExplainsAUser() throws InterruptedException {
        HostFixture.User lapsed = host.aLapsedUser();

        JsonNode forecast = olga.get("/admin/forecast").json();
        JsonNode before = olga.get("/admin/users/" + lapsed.id() + "/explain").json();

        assertThat(forecast.path("usersExpired").asLong()).isEqualTo(1);
        assertThat(before.path("next").path("action").asString()).isEqualTo("expiry");
        olga.awaitEnd(olga.post("/admin/run-rollover", "{\"approve\": \"first month\"}")
                .header("Location"));
        JsonNode after = olga.get("/admin/users/" + lapsed.phone().replace("+", "%2B") + "/explain")
                .json();
        assertThat(after.path("months").get(0).path("reasonCode").asString()).isEqualTo("WINDOW_ELAPSED");
        assertThat(after.toString()).doesNotContain(lapsed.phone());
        assertThat(olga.get("/admin/users/999999/explain").status()).isEqualTo(404);
        assertThat(olga.get("/admin/forecast?date=2026-11-02").status()).isEqualTo(400);
    }

    @Test
    void theRecordCannotBeChanged() {
        olga.post("/admin/run-rollover", "{\"date\": \"2026-11-02\"}");

        assertThat(database.jdbc()
                        .sql(
                                "select coalesce(outcome, 'asked') from credit_rollover_audit where who = 'olga' order by id")
                        .query(String.class)
                        .list())
                .containsExactly("asked", "refused");
        for (String change : List.of(
                "update credit_rollover_audit set who = 'nobody'",
                "delete from credit_rollover_audit",
                "truncate credit_rollover_audit")) {
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> database.execute(change))
                    .hasMessageContaining("appended to only");
        }
    }
}
