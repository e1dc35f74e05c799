package io.creditrollover.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.Obstacles;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.TestApplication;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Two consoles on one database: whichever a request reaches, it is the same console. */
class TwoConsolesTest {
    private final TestDatabase database = TestDatabase.migrated();
    private final HostFixture host = HostFixture.in(database);

    @Test
    void behindABalancerAnAdminReviewsRunsWatchesStopsResumesAndLogsOut() throws Exception {
        host.manyUsers(300);
        Obstacles obstacles = Obstacles.in(database);
        try (TestApplication one = ConsoleServer.start(database);
                TestApplication two = ConsoleServer.start(database);
                RoundRobin balancer = new RoundRobin(one.port(), two.port());
                Browser browser = Browser.on(balancer.port());
                Browser watcher = Browser.on(balancer.port())) {
            browser.login(ConsoleServer.OPERATOR, ConsoleServer.OPERATOR_PASSWORD);
            browser.press("Start a dry run").await("Run as planned").await("COMPLETED");
            obstacles.slowChunks(Duration.ofMillis(300));
            String credits = database.jdbc()
                    .sql("select credits_expired from credit_rollover_runs")
                    .query(String.class)
                    .single();
            browser.type("plan-credits", credits).type("plan-reason", "as every month");
            browser.press("Run as planned");
            browser.await("Running").await("of 300 users");
            String run = browser.path();

            watcher.login(ConsoleServer.OPERATOR, ConsoleServer.OPERATOR_PASSWORD);
            watcher.open(run).await("Running").await("of 300 users");
            obstacles.awaitEvents(20);
            watcher.type("stop-reason", "lunch").press("Stop safely (takes a few seconds)");
            watcher.await("STOPPED");
            browser.await("STOPPED");
            obstacles.clear();

            browser.unfold("With a reason")
                    .type("restart-reason", "after lunch")
                    .press("Resume this run");
            browser.await("Add credits back").await("COMPLETED");
            assertThat(database.count("select count(*) from credit_rollover_sessions"))
                    .isEqualTo(2);
            browser.open("/audit").await("after lunch").look("audit");
            browser.open("/tokens").await("No token yet");
            browser.type("name", "billing")
                    .press("Create the token")
                    .await("Copy it now")
                    .look("tokens");
            browser.press("Log out " + ConsoleServer.OPERATOR).await("You are logged out");
            for (int i = 0; i < 4; i++) {
                browser.open("/").await("Log in");
            }
            assertThat(browser.complaints()).isEmpty();
        }
        assertThat(database.count("select count(*) from credit_rollover_runs where status = 'COMPLETED'"))
                .isEqualTo(2);
    }

    @Test
    void aStopByApiReachesTheRunOfTheOtherConsoleAndOfACommand() throws Exception {
        host.manyUsers(200);
        Obstacles obstacles = Obstacles.in(database);
        obstacles.slowChunks(Duration.ofMillis(300));
        try (TestApplication one = ConsoleServer.start(database);
                TestApplication two = ConsoleServer.start(database)) {
            ApiClient here = new ApiClient(one.port()).as(ConsoleServer.OPERATOR, ConsoleServer.OPERATOR_PASSWORD);
            ApiClient there = new ApiClient(two.port()).as(ConsoleServer.OPERATOR, ConsoleServer.OPERATOR_PASSWORD);
            String run = here.post("/admin/run-rollover", "{\"approve\": \"first month\"}")
                    .header("Location");
            obstacles.awaitEvents(10);

            assertThat(there.get(run).json().path("usersProcessed").asLong()).isBetween(1L, 199L);
            assertThat(there.post(run + "/stop", "{\"reason\": \"lunch\"}").status())
                    .isEqualTo(202);

            assertThat(here.awaitEnd(run).path("status").asString()).isEqualTo("STOPPED");
            obstacles.clear();
            assertThat(there.post(run + "/restart").status())
                    .as("an earlier request stops no later attempt")
                    .isEqualTo(202);
            assertThat(here.awaitEnd(run).path("status").asString()).isEqualTo("COMPLETED");
        }
    }
}
