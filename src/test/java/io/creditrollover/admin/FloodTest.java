package io.creditrollover.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.Obstacles;
import io.creditrollover.TestDatabase;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Strangers against a console in which a run works: {@code ./mvnw verify -Pchaos -Dtest=FloodTest}, five minutes each; with
 * {@code -Dflood.minutes=1} one.
 */
@Tag("chaos")
class FloodTest {
    private static final int MINUTES = Integer.getInteger("flood.minutes", 5);
    private static final int REQUESTS_A_MINUTE = 5_000;
    private static final int SLOW_POSTS = 300;
    private static final long MAX_GROWN_KILOBYTES = 16 * 1024;
    private static final List<String> PATHS =
            List.of("/", "/login", "/runs/1", "/users", "/admin/rollovers", "/nothing");

    private final TestDatabase database = TestDatabase.migrated();
    private final List<Long> probesMillis = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();

    @Test
    void fiveThousandAnonymousRequestsAMinute() throws Exception {
        String query = "?" + "q=" + "x".repeat(7_000);
        flooded(server -> {
            int number = requests.incrementAndGet();
            server.stranger()
                    .with("Cookie", "CREDIT_ROLLOVER=bm90LWEtc2Vzc2lvbi0" + number)
                    .get(PATHS.get(number % PATHS.size()) + query);
        });
        assertThat(requests.get()).isGreaterThan(REQUESTS_A_MINUTE * MINUTES * 9 / 10);
    }

    @Test
    void threeHundredSlowPostsAtATime() throws Exception {
        List<Socket> slow = Collections.synchronizedList(new ArrayList<>());
        flooded(server -> {
            requests.incrementAndGet();
            Socket socket = StrangersTest.slowPost(server.port());
            slow.add(socket);
            if (slow.size() > SLOW_POSTS) {
                slow.remove(0).close();
            }
        });
        for (Socket socket : slow) {
            socket.close();
        }
    }

    /** What a stranger does. */
    @FunctionalInterface
    private interface Stranger {
        void act(ServedProcess server) throws Exception;
    }

    private void flooded(Stranger stranger) throws Exception {
        HostFixture.in(database).manyUsers(4_000);
        Obstacles.in(database).slowChunks(Duration.ofMillis(MINUTES * 400L));
        try (ServedProcess server =
                ServedProcess.start(database, Map.of("ROLLOVER_CHUNK_SIZE", "50", "ROLLOVER_THREADS", "1"))) {
            ApiClient olga = server.stranger()
                    .with("X-Forwarded-For", "198.51.100.20")
                    .as(ConsoleServer.OPERATOR, ConsoleServer.OPERATOR_PASSWORD);
            assertThat(olga.get("/admin/rollovers").status()).isEqualTo(200);
            long before = server.usedKilobytes();
            String run = olga.post("/admin/run-rollover", "{\"approve\": \"first month\"}")
                    .header("Location");
            ScheduledExecutorService strangers = Executors.newScheduledThreadPool(24);
            long periodMicros = TimeUnit.MINUTES.toMicros(1) / REQUESTS_A_MINUTE;
            var flood = strangers.scheduleAtFixedRate(
                    () -> strangers.execute(() -> act(stranger, server)), 0, periodMicros, TimeUnit.MICROSECONDS);
            var probes = strangers.scheduleAtFixedRate(() -> probe(server), 1, 1, TimeUnit.SECONDS);
            TimeUnit.MINUTES.sleep(MINUTES);
            flood.cancel(false);
            probes.cancel(false);
            strangers.shutdown();
            assertThat(strangers.awaitTermination(2, TimeUnit.MINUTES)).isTrue();

            assertThat(server.isAlive()).as(server.err()).isTrue();
            assertThat(olga.awaitEnd(run).path("status").asString()).isEqualTo("COMPLETED");
            long after = server.usedKilobytes();
            say(before, after);
            assertThat(probesMillis).hasSizeGreaterThan(MINUTES * 50).allMatch(millis -> millis < 1_000);
            assertThat(after - before).isLessThan(MAX_GROWN_KILOBYTES);
            assertThat(server.err()).doesNotContain("OutOfMemoryError");
            assertThat(database.count("select count(*) from credit_rollover_sessions"))
                    .isZero();
        }
    }

    private void act(Stranger stranger, ServedProcess server) {
        try {
            stranger.act(server);
        } catch (Exception failed) {
            failures.incrementAndGet();
        }
    }

    private void probe(ServedProcess server) {
        for (String probe : List.of("liveness", "readiness")) {
            long started = System.nanoTime();
            boolean up = server.management().get("/actuator/health/" + probe).status() == 200;
            probesMillis.add(up ? (System.nanoTime() - started) / 1_000_000 : Long.MAX_VALUE);
        }
    }

    private void say(long before, long after) {
        System.out.printf(
                "flood: %d requests in %d minutes, %d without an answer; heap %d KB before, %d KB after; %d probes, the slowest"
                        + " %d ms%n",
                requests.get(),
                MINUTES,
                failures.get(),
                before,
                after,
                probesMillis.size(),
                Collections.max(probesMillis));
    }
}
