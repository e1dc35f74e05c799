package io.creditrollover.benchmark;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.creditrollover.CreditRolloverApplication;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * How long {@code serve} with 128 MB takes to deliver the decisions of a large month to a fast receiver, for
 * docs/performance.md.
 *
 * <p>Arguments: {@code events=1000000}, {@code directory=...} for the server.
 */
public final class Webhooks {
    private static final String DATABASE = "webhooks";
    private static final String SECRET = "whsec_YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWE=";

    private final Arguments arguments;
    private final AtomicLong messages = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    private Webhooks(String... arguments) {
        this.arguments = Arguments.of(arguments);
    }

    /** Measures, and writes a line to standard output. */
    public static void main(String[] arguments) throws Exception {
        new Webhooks(arguments).run();
        System.exit(0);
    }

    private void run() throws Exception {
        Path directory = Path.of(arguments.text("directory", "/tmp/credit-rollover-webhooks"));
        long events = Long.parseLong(arguments.text("events", "1000000"));
        Files.createDirectories(directory);
        HttpServer receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        receiver.createContext("/", this::accept);
        receiver.setExecutor(Executors.newCachedThreadPool());
        receiver.start();
        try (Server server = Server.named("pg15", directory)) {
            prepare(server, events);
            measure(server, events, "http://127.0.0.1:" + receiver.getAddress().getPort() + "/");
        } finally {
            receiver.stop(0);
        }
    }

    private void accept(HttpExchange exchange) throws IOException {
        try (exchange) {
            bytes.addAndGet(exchange.getRequestBody().readAllBytes().length);
            messages.incrementAndGet();
            exchange.sendResponseHeaders(204, -1);
        }
    }

    /** A completed month as a run leaves it, without the run. */
    private static void prepare(Server server, long events) throws Exception {
        JdbcTemplate admin = server.jdbc("postgres");
        admin.execute("drop database if exists " + DATABASE + " with (force)");
        admin.execute("create database " + DATABASE);
        server.jdbc(DATABASE).execute(Files.readString(Path.of("db", "host", "host-tables.sql")));
        MeasuredProcess.java(server.url(DATABASE), program("migrate"));
        JdbcTemplate jdbc = server.jdbc(DATABASE);
        jdbc.execute("""
                insert into credit_rollover_runs (rollover_date, mode, status, cutoff, zone, policy, requested_by, finished_at)
                values ('2026-11-01', 'live', 'COMPLETED', '2026-10-31 18:30+00', 'Asia/Kolkata', '{}', 'benchmark', now())
                """);
        jdbc.update("""
                insert into credit_rollover_events (user_id, phone_number, rollover_date, credits_before, credits_after,
                                                    action, reason, run_id, reason_code)
                select n, '+9198' || lpad(n::text, 8, '0'), '2026-11-01', 25, 0, 'expiry', repeat('x', 60), 1, 'WINDOW_ELAPSED'
                from generate_series(1, ?) n
                """, events);
        jdbc.execute("""
                insert into credit_rollover_feed (position, type, run_id, rollover_date, last_id)
                select 1, 'rollover.decisions', 1, '2026-11-01', max(id) from credit_rollover_events
                """);
        jdbc.execute("vacuum analyze");
    }

    private void measure(Server server, long events, String url) throws Exception {
        JdbcTemplate jdbc = server.jdbc(DATABASE);
        List<String> command = new java.util.ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m"));
        command.addAll(program("serve"));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(Path.of("target", "webhooks.err").toFile());
        builder.environment().put("SPRING_DATASOURCE_URL", server.url(DATABASE));
        builder.environment().put("SPRING_DATASOURCE_USERNAME", "postgres");
        builder.environment().put("SERVER_PORT", "0");
        builder.environment().put("ROLLOVER_ADMIN_PASSWORD", "benchmark");
        builder.environment().put("ROLLOVER_OVERDUE_AFTER", "P99D");
        builder.environment().put("ROLLOVER_WEBHOOKS_CRM_URL", url);
        builder.environment().put("ROLLOVER_WEBHOOKS_CRM_SECRET", SECRET);
        Process serve = builder.start();
        try {
            await(jdbc, serve, "select count(*) = 1 from credit_rollover_webhooks");
            long start = System.nanoTime();
            jdbc.execute("update credit_rollover_webhooks set position = 0, event_id = 9223372036854775807");
            await(
                    jdbc,
                    serve,
                    "select event_id = (select last_id from credit_rollover_feed where position = 1)"
                            + " from credit_rollover_webhooks");
            System.out.printf(
                    Locale.ROOT,
                    "%,d events in %,d messages of %,d bytes: %.1f s, RSS %d MB%n",
                    events,
                    messages.get(),
                    bytes.get() / Math.max(1, messages.get()),
                    (System.nanoTime() - start) / 1e9,
                    MeasuredProcess.residentMegabytes(serve.pid()));
        } finally {
            serve.destroy();
        }
    }

    private static void await(JdbcTemplate jdbc, Process serve, String query) throws Exception {
        while (!Boolean.TRUE.equals(jdbc.queryForObject(query, Boolean.class))) {
            if (!serve.isAlive()) {
                throw new IllegalStateException("serve ended: " + Files.readString(Path.of("target", "webhooks.err")));
            }
            Thread.sleep(100);
        }
    }

    private static List<String> program(String command) {
        return List.of(
                "-cp", System.getProperty("java.class.path"), CreditRolloverApplication.class.getName(), command);
    }
}
