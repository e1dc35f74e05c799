package io.creditrollover.benchmark;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One process beside a manager with three workers, on the same users and under the same spends; for docs/scale.md. Samples
 * the ages of the program's transactions meanwhile.
 *
 * <p>Arguments: {@code server=pg18}, {@code users=300000}, {@code rounds=3}, {@code directory=...} for the server.
 */
public final class Scale {
    private static final int WORKERS = 3;
    private static final Map<String, String> MANY_RANGES = Map.of("ROLLOVER_PARTITIONS", "24");

    private final Arguments arguments;

    private Scale(String... arguments) {
        this.arguments = Arguments.of(arguments);
    }

    /** Measures, and writes a table to standard output. */
    public static void main(String[] arguments) throws Exception {
        new Scale(arguments).run();
        System.exit(0);
    }

    private void run() throws Exception {
        Path directory = Path.of(arguments.text("directory", "/tmp/credit-rollover-scale"));
        try (Server server = Server.named(arguments.text("server", "pg18"), directory)) {
            HostData data = new HostData(server, Integer.parseInt(arguments.text("users", "300000")));
            data.prepare();
            System.out.println(server.description());
            System.out.println("who | job, s | spends | p50, ms | p99, ms | most, ms | oldest transaction, s");
            for (int round = 0; round < Integer.parseInt(arguments.text("rounds", "3")); round++) {
                measure(server, data, "nobody", (url, none) -> {
                    Thread.sleep(10_000);
                    return 0;
                });
                measure(server, data, "one process, 1 thread", (url, none) -> alone(url, "1"));
                measure(server, data, "one process, 2 threads", (url, none) -> alone(url, "2"));
                measure(server, data, "manager and 3 workers, 1 thread each", Scale::together);
            }
        }
    }

    /** Does the month; returns how many seconds the job took. */
    @FunctionalInterface
    private interface Way {
        double run(String url, JdbcTemplate jdbc) throws Exception;
    }

    private static void measure(Server server, HostData data, String name, Way way) throws Exception {
        String database = data.restore();
        Thread.sleep(2_000);
        try (LiveSpends spends = new LiveSpends(server, database, data.users());
                Ages ages = new Ages(server.jdbc(database))) {
            Thread.sleep(1_500);
            spends.count();
            double seconds = way.run(server.url(database), server.jdbc(database));
            LiveSpends.Waits waits = spends.end();
            System.out.printf(
                    Locale.ROOT,
                    "%s | %.1f | %d | %.1f | %.1f | %.0f | %.2f%n",
                    name,
                    seconds,
                    waits.spends(),
                    waits.p50(),
                    waits.p99(),
                    waits.max(),
                    ages.oldestSeconds());
        }
    }

    private static double alone(String url, String threads) throws Exception {
        return seconds(command(url, Map.of("ROLLOVER_THREADS", threads), theMonth()));
    }

    /** Workers first, so that none is still starting when the manager offers the ranges. */
    private static double together(String url, JdbcTemplate jdbc) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(WORKERS);
        try {
            List<Future<MeasuredProcess.Ended>> workers = new ArrayList<>();
            for (int i = 0; i < WORKERS; i++) {
                workers.add(threads.submit(
                        () -> command(url, Map.of("ROLLOVER_THREADS", "1"), List.of("worker", "--json"))));
            }
            awaitSessions(jdbc);
            List<String> manager = new ArrayList<>(theMonth());
            manager.addAll(List.of("--workers", "remote"));
            double seconds = seconds(command(url, MANY_RANGES, manager));
            for (Future<MeasuredProcess.Ended> worker : workers) {
                worker.get();
            }
            return seconds;
        } finally {
            threads.shutdown();
        }
    }

    private static void awaitSessions(JdbcTemplate jdbc) throws InterruptedException {
        Long sessions = 0L;
        while (sessions == null || sessions < WORKERS) {
            Thread.sleep(100);
            sessions = jdbc.queryForObject("""
                    select count(*) from pg_stat_activity
                    where datname = current_database() and application_name = 'credit-rollover'
                    """, Long.class);
        }
    }

    private static List<String> theMonth() {
        return List.of("run", "--date", HostData.DATE.toString(), "--approve", "benchmark", "--json");
    }

    private static MeasuredProcess.Ended command(String url, Map<String, String> environment, List<String> arguments)
            throws Exception {
        List<String> all = new ArrayList<>(List.of(ThisJob.HEAP, "-jar", ThisJob.JAR.toString()));
        all.addAll(arguments);
        return MeasuredProcess.java(url, environment, all);
    }

    private static double seconds(MeasuredProcess.Ended ended) {
        JsonNode answer = JsonMapper.shared().readTree(ended.out());
        return Duration.between(
                                Instant.parse(answer.path("startedAt").asString()),
                                Instant.parse(answer.path("finishedAt").asString()))
                        .toMillis()
                / 1000.0;
    }

    /** The oldest transaction of the program that was ever seen. */
    private static final class Ages implements AutoCloseable {
        private final Thread thread;
        private volatile boolean over;
        private volatile double oldestSeconds;

        Ages(JdbcTemplate jdbc) {
            thread = new Thread(() -> look(jdbc), "ages");
            thread.start();
        }

        private void look(JdbcTemplate jdbc) {
            while (!over) {
                Double age = jdbc.queryForObject("""
                        select coalesce(max(extract(epoch from clock_timestamp() - xact_start)), 0)
                        from pg_stat_activity
                        where datname = current_database() and application_name = 'credit-rollover'
                        """, Double.class);
                oldestSeconds = Math.max(oldestSeconds, age == null ? 0 : age);
                java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
            }
        }

        double oldestSeconds() {
            return oldestSeconds;
        }

        @Override
        public void close() throws InterruptedException {
            over = true;
            thread.join();
        }
    }
}
