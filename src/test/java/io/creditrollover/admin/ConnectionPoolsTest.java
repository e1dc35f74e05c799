package io.creditrollover.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.TestApplication;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Pages and runs have connections of their own, and a work gets all that it needs. */
class ConnectionPoolsTest {
    private final TestDatabase database = TestDatabase.migrated();

    @Test
    void aRunCompletesWhilePagesHoldEveryConnectionOfTheirs() throws Exception {
        HostFixture.in(database).manyUsers(100);
        try (TestApplication server = ConsoleServer.start(
                database, "rollover.threads=2", "spring.datasource.hikari.connection-timeout=2000")) {
            ApiClient olga = new ApiClient(server.port()).as(ConsoleServer.OPERATOR, ConsoleServer.OPERATOR_PASSWORD);
            String run = olga.post("/admin/run-rollover", "{\"dryRun\": true}").header("Location");
            olga.awaitEnd(run);
            DataSource dataSource = server.bean(DataSource.class);
            List<Connection> held = CompletableFuture.supplyAsync(() -> allOf(dataSource, 10), pages())
                    .get();
            try {
                assertThat(olga.get("/admin/rollovers").status())
                        .as("a page waits")
                        .isEqualTo(503);

                CompletableFuture<StartResult> begun = CompletableFuture.supplyAsync(
                        () -> server.bean(BackgroundRuns.class).begin(false, work(server), outcome -> {}));
                begun.get(180, TimeUnit.SECONDS);
                awaitCompleted();
            } finally {
                for (Connection connection : held) {
                    connection.close();
                }
            }
            assertThat(olga.get("/admin/rollovers").status()).isEqualTo(200);
        }
    }

    private static BackgroundRuns.Work work(TestApplication server) {
        return (signal, progress) -> server.bean(io.creditrollover.run.RolloverService.class)
                .run(new io.creditrollover.run.RunRequest(null, false, "first month", null, "test", signal, progress));
    }

    private void awaitCompleted() throws InterruptedException {
        while (database.count("select count(*) from credit_rollover_runs where status = 'RUNNING'") > 0) {
            Thread.sleep(50);
        }
        assertThat(database.count(
                        "select count(*) from credit_rollover_runs where mode = 'live' and status = 'COMPLETED'"))
                .isEqualTo(1);
    }

    private static ExecutorService pages() {
        return Executors.newSingleThreadExecutor(work -> {
            Thread thread = new Thread(
                    () -> {
                        ConnectionPools.workForPages();
                        work.run();
                    },
                    "all-pages");
            thread.setDaemon(true);
            return thread;
        });
    }

    private static List<Connection> allOf(DataSource dataSource, int count) {
        List<Connection> held = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                held.add(dataSource.getConnection());
            }
        } catch (java.sql.SQLException none) {
            throw new IllegalStateException(none);
        }
        return held;
    }

    /** With four threads the one pool of old had twelve connections, and all five waited for each other. */
    @Test
    void fourDryRunsAndALiveRunAtOnceAllComplete() throws Exception {
        HostFixture.in(database).manyUsers(500);
        try (TestApplication server = ConsoleServer.start(
                database, "rollover.threads=4", "spring.datasource.hikari.connection-timeout=5000")) {
            ApiClient olga = new ApiClient(server.port()).as(ConsoleServer.OPERATOR, ConsoleServer.OPERATOR_PASSWORD);
            ExecutorService five = Executors.newFixedThreadPool(5);
            List<CompletableFuture<String>> runs = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                String body = i == 2 ? "{\"approve\": \"first month\"}" : "{\"dryRun\": true}";
                runs.add(CompletableFuture.supplyAsync(
                        () -> olga.post("/admin/run-rollover", body).header("Location"), five));
            }
            for (CompletableFuture<String> run : runs) {
                assertThat(olga.awaitEnd(run.get()).path("status").asString()).isEqualTo("COMPLETED");
            }
            five.shutdown();
        }
    }

    @Test
    void aHundredAndFiftyWhoAskForTheForecastShareOne() {
        HostFixture.in(database).manyUsers(200);
        try (TestApplication server = ConsoleServer.start(database)) {
            ForecastAnswers forecasts = server.bean(ForecastAnswers.class);
            ExecutorService viewers = Executors.newFixedThreadPool(50);
            List<CompletableFuture<ForecastAnswers.Answer>> asked = new ArrayList<>();
            for (int i = 0; i < 150; i++) {
                asked.add(CompletableFuture.supplyAsync(
                        () -> forecasts.of(null, false).join(), viewers));
            }
            ForecastAnswers.Answer first = asked.get(0).join();
            assertThat(asked).allSatisfy(one -> assertThat(one.join()).isEqualTo(first));
            assertThat(database.count("select sum(claim) from credit_rollover_forecasts"))
                    .isOne();
            viewers.shutdown();

            ForecastAnswers.Answer again = forecasts.of(null, true).join();
            assertThat(again.asOf()).isAfter(first.asOf());
            // How late the month is grows by the minute.
            assertThat(again.forecast().figures()).isEqualTo(first.forecast().figures());
        }
    }
}
