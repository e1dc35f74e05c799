package io.creditrollover.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import io.creditrollover.benchmark.LiveSpends;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Four dry runs, a live run and 150 viewers on the forecast, beside a host that spends:
 * {@code ./mvnw verify -Pchaos -Dtest=ViewersTest -Ddatabase.durable=true}; {@code -Dviewers.users} says how many users
 * (60,000). Viewers come all at once, then look again every five seconds. It prints what spends wait. A spend waits
 * where the run has its user locked; with 2 threads and 100 users a chunk that is less than one user in a hundred.
 */
@Tag("chaos")
class ViewersTest {
    private static final int USERS = Integer.getInteger("viewers.users", 60_000);
    private static final int VIEWERS = 150;
    private static final int LOOKS_EVERY_MILLIS = 5_000;
    private static final int WARM_UP_MILLIS = 1_500;
    private static final int IDLE_SECONDS = 20;

    private final TestDatabase database = TestDatabase.migrated();

    @Test
    void theRunsCompleteAndEachViewerSeesTheForecast() throws Exception {
        HostFixture.in(database).manyUsers(USERS);
        try (ServedProcess server =
                ServedProcess.start(database, Map.of("ROLLOVER_THREADS", "2", "ROLLOVER_CHUNK_SIZE", "100"))) {
            ApiClient olga = server.stranger().as(ConsoleServer.OPERATOR, ConsoleServer.OPERATOR_PASSWORD);
            ApiClient victor = server.stranger().loggedIn(ConsoleServer.VIEWER, ConsoleServer.VIEWER_PASSWORD);
            double idle = p99Millis(() -> Thread.sleep(IDLE_SECONDS * 1_000L));
            AtomicInteger forecasts = new AtomicInteger();
            ExecutorService viewers = Executors.newFixedThreadPool(VIEWERS);
            AtomicBoolean over = new AtomicBoolean();
            for (int i = 0; i < VIEWERS; i++) {
                viewers.execute(() -> {
                    while (!over.get()) {
                        forecasts.addAndGet(victor.get("/forecast").status() == 200 ? 1 : 0);
                        pause(LOOKS_EVERY_MILLIS);
                    }
                });
            }
            List<String> ends = Collections.synchronizedList(new ArrayList<>());
            double busy = p99Millis(() -> ends.addAll(runs(olga, victor)));
            over.set(true);
            viewers.shutdown();
            System.out.printf(
                    "viewers: %d users, runs %s, %d forecasts shown; p99 of spends %.1f ms idle, %.1f ms meanwhile%n",
                    USERS, ends, forecasts.get(), idle, busy);
            assertThat(ends).hasSize(5).containsOnly("COMPLETED");
            assertThat(forecasts).hasValueGreaterThan(VIEWERS);
        }
    }

    private static List<String> runs(ApiClient olga, ApiClient victor) throws InterruptedException {
        ExecutorService five = Executors.newFixedThreadPool(5);
        List<CompletableFuture<String>> begun = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            String body = i == 2 ? "{\"approve\": \"first month\"}" : "{\"dryRun\": true}";
            begun.add(CompletableFuture.supplyAsync(
                    () -> olga.post("/admin/run-rollover", body).header("Location"), five));
        }
        List<String> ends = new ArrayList<>();
        for (CompletableFuture<String> run : begun) {
            ends.add(victor.awaitEnd(run.join()).path("status").asString());
        }
        five.shutdown();
        return ends;
    }

    /** Something that takes a while. */
    @FunctionalInterface
    private interface While {
        void lasts() throws Exception;
    }

    private double p99Millis(While something) throws Exception {
        try (LiveSpends spends = new LiveSpends(database.dataSource(), USERS)) {
            Thread.sleep(WARM_UP_MILLIS);
            spends.count();
            something.lasts();
            return spends.end().p99();
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
