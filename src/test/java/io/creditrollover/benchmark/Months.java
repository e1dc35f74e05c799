package io.creditrollover.benchmark;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.init.ScriptUtils;

/**
 * What a month costs after 1, 24 and 60 months: the job, its report, and the console's pages, for 300,000 users; for
 * docs/performance.md. Each time is one process or one request.
 *
 * <p>Arguments: {@code months=1,24,60}, {@code server=pg15} or a JDBC URL up to the database's name, {@code
 * directory=...} for the server.
 */
public final class Months {
    private static final String PASSWORD = "a password of the benchmark";
    private static final int PORT = 18_089;

    private final String[] arguments;

    private Months(String... arguments) {
        this.arguments = arguments;
    }

    /** Measures, and writes a table to standard output. */
    public static void main(String[] arguments) throws Exception {
        new Months(arguments).run();
        System.exit(0);
    }

    private void run() throws Exception {
        Path directory = Path.of(argument("directory", "/tmp/credit-rollover-months"));
        Files.createDirectories(directory);
        String name = argument("server", "pg15");
        try (Server server = name.equals("pg15") ? Server.debian15(directory) : Server.at(name)) {
            System.out.println(server.description());
            System.out.println(
                    "months | migrate fills, s | job, s | run, s | report, s | html, s | page /, s | run page, s");
            for (String months : argument("months", "1,24,60").split(",")) {
                measure(server, Integer.parseInt(months), directory);
            }
        }
    }

    private static void measure(Server server, int months, Path directory) throws Exception {
        String database = "benchmark_months_" + months;
        make(server, database, months);
        double fill = command(server, database, "migrate");
        Contender.Took job = new ThisJob().run(server, database);
        String execution = String.valueOf(months + 1);
        double report = command(server, database, "report", execution);
        String html = directory.resolve("report.html").toString();
        double page = command(server, database, "report", execution, "--html", html);
        double[] pages = pages(server, database, "/", "/runs/" + execution);
        System.out.printf(
                Locale.ROOT,
                "%d | %.1f | %.1f | %.1f | %.2f | %.2f | %.2f | %.2f%n",
                months,
                fill,
                job.jobSeconds(),
                job.processSeconds(),
                report,
                page,
                pages[0],
                pages[1]);
    }

    private static void make(Server server, String database, int months) throws Exception {
        JdbcTemplate jdbc = server.jdbc("postgres");
        jdbc.execute("drop database if exists " + database + " with (force)");
        jdbc.execute("create database " + database);
        JdbcTemplate made = server.jdbc(database);
        String history = new ClassPathResource("benchmark/history.sql")
                .getContentAsString(StandardCharsets.UTF_8)
                .replace("${months}", String.valueOf(months))
                .replace("${date}", HostData.DATE.toString())
                .replace("${cutoff}", HostData.cutoff());
        try (var connection = Objects.requireNonNull(made.getDataSource()).getConnection()) {
            ScriptUtils.executeSqlScript(connection, new ClassPathResource("db/host/host-tables.sql"));
            ThisJob.command(server.url(database), List.of(), "migrate");
            ScriptUtils.executeSqlScript(
                    connection,
                    new org.springframework.core.io.ByteArrayResource(history.getBytes(StandardCharsets.UTF_8)));
        }
        made.execute("vacuum (analyze)");
    }

    private static double command(Server server, String database, String... arguments) throws Exception {
        return ThisJob.command(server.url(database), List.of(), arguments).seconds();
    }

    /** Returns the seconds of each page, asked for the second time. */
    private static double[] pages(Server server, String database, String... paths) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        ThisJob.JAR.toString(),
                        "serve")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("SPRING_DATASOURCE_URL", server.url(database));
        builder.environment().put("SPRING_DATASOURCE_USERNAME", "postgres");
        builder.environment().put("ROLLOVER_ADMIN_PASSWORD", PASSWORD);
        builder.environment().put("SERVER_PORT", String.valueOf(PORT));
        Process serve = builder.start();
        try (AutoCloseable end = serve::destroy) {
            double[] seconds = new double[paths.length];
            awaitPage("/");
            for (int i = 0; i < paths.length; i++) {
                page(paths[i]);
                seconds[i] = page(paths[i]);
            }
            return seconds;
        } finally {
            serve.waitFor(30, TimeUnit.SECONDS);
        }
    }

    private static void awaitPage(String path) throws Exception {
        for (int i = 0; ; i++) {
            try {
                page(path);
                return;
            } catch (java.io.IOException notYet) {
                if (i > 120) {
                    throw notYet;
                }
                Thread.sleep(500);
            }
        }
    }

    private static double page(String path) throws Exception {
        String credentials = Base64.getEncoder().encodeToString(("admin:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        long started = System.nanoTime();
        HttpResponse<String> page = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + PORT + path))
                                .header("Authorization", "Basic " + credentials)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        if (page.statusCode() != 200) {
            throw new IllegalStateException(path + ": " + page.statusCode());
        }
        return (System.nanoTime() - started) / 1e9;
    }

    private String argument(String name, String otherwise) {
        for (String argument : arguments) {
            if (argument.startsWith(name + "=")) {
                return argument.substring(name.length() + 1);
            }
        }
        return otherwise;
    }
}
