package io.creditrollover.benchmark;

import io.creditrollover.CreditRolloverApplication;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How long {@code notify} plans notices for all users of a large host, and what live spends wait for meanwhile; then what
 * configured webhooks cost a run. For docs/performance.md.
 *
 * <p>Arguments: {@code users=1000000}, {@code run-users=300000}, {@code rounds=3} (0 leaves the runs out),
 * {@code directory=...} for the server.
 */
public final class Notices {
    private static final int IDLE_MILLIS = 20_000;
    private static final int WARM_UP_MILLIS = 1_500;
    private static final Map<String, String> WEBHOOK = Map.of(
            "ROLLOVER_WEBHOOKS_CRM_URL",
            "http://localhost:1/",
            "ROLLOVER_WEBHOOKS_CRM_SECRET",
            "whsec_YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWE=");

    private final Arguments arguments;

    private Notices(String... arguments) {
        this.arguments = Arguments.of(arguments);
    }

    /** Measures, and writes lines to standard output. */
    public static void main(String[] arguments) throws Exception {
        new Notices(arguments).run();
        System.exit(0);
    }

    private void run() throws Exception {
        Path directory = Path.of(arguments.text("directory", "/tmp/credit-rollover-benchmark"));
        Files.createDirectories(directory);
        try (Server server = Server.named("pg15", directory)) {
            HostData host = new HostData(server, Integer.parseInt(arguments.text("users", "1000000")));
            prepare(host, server);
            planning(server, host);
            int rounds = Integer.parseInt(arguments.text("rounds", "3"));
            if (rounds > 0) {
                HostData smaller = new HostData(server, Integer.parseInt(arguments.text("run-users", "300000")));
                prepare(smaller, server);
                runs(server, smaller, rounds);
            }
        }
    }

    /** By the classes of this build: no jar is needed. */
    private static void prepare(HostData host, Server server) throws Exception {
        host.prepare(database -> command(server, database, Map.of(), "migrate"));
    }

    /** Quiet hours keep it from sending. For the next month all users would lose credits. */
    private static void planning(Server server, HostData host) throws Exception {
        LiveSpends.Waits idle;
        try (LiveSpends spends = new LiveSpends(server, host.restore(), host.users())) {
            Thread.sleep(WARM_UP_MILLIS);
            spends.count();
            Thread.sleep(IDLE_MILLIS);
            idle = spends.end();
        }
        String database = host.restore();
        LocalTime now = LocalTime.now(HostData.ZONE).truncatedTo(ChronoUnit.MINUTES);
        Map<String, String> environment = new LinkedHashMap<>(WEBHOOK);
        environment.put("ROLLOVER_NOTICES_ENABLED", "true");
        environment.put("ROLLOVER_NOTICES_AHEAD", "P40D");
        environment.put("ROLLOVER_NOTICES_QUIET", now.minusHours(1) + "-" + now.plusHours(1));
        try (LiveSpends spends = new LiveSpends(server, database, host.users())) {
            Thread.sleep(WARM_UP_MILLIS);
            spends.count();
            MeasuredProcess.Ended ended = command(server, database, environment, "notify", "--json");
            LiveSpends.Waits waits = spends.end();
            JsonNode answer = JsonMapper.shared().readTree(ended.out());
            System.out.printf(
                    Locale.ROOT,
                    "%,d users, %,d notices planned: process %.1f s, CPU %.1f s, RSS %d MB;"
                            + " spends p99 %.1f ms, max %.0f ms; idle p99 %.1f ms, max %.0f ms%n",
                    host.users(),
                    answer.path("planned").asLong(),
                    ended.seconds(),
                    ended.processorSeconds(),
                    ended.residentMegabytes(),
                    waits.p99(),
                    waits.max(),
                    idle.p99(),
                    idle.max());
        }
    }

    /** In turns, so that what the machine does meanwhile affects both. */
    private static void runs(Server server, HostData host, int rounds) throws Exception {
        List<Double> without = new ArrayList<>();
        List<Double> with = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            without.add(job(server, host, Map.of()));
            with.add(job(server, host, WEBHOOK));
        }
        System.out.printf(
                Locale.ROOT,
                "run of %,d users, seconds: without webhooks %s, median %.2f; with one %s, median %.2f; ratio %.3f%n",
                host.users(),
                without,
                median(without),
                with,
                median(with),
                median(with) / median(without));
    }

    private static double job(Server server, HostData host, Map<String, String> environment) throws Exception {
        MeasuredProcess.Ended ended = command(
                server,
                host.restore(),
                environment,
                "run",
                "--date",
                HostData.DATE.toString(),
                "--approve",
                "benchmark",
                "--json");
        JsonNode answer = JsonMapper.shared().readTree(ended.out());
        return ThisJob.seconds(answer);
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }

    private static MeasuredProcess.Ended command(
            Server server, String database, Map<String, String> environment, String... command) throws Exception {
        List<String> all = new ArrayList<>(List.of(
                ThisJob.HEAP, "-cp", System.getProperty("java.class.path"), CreditRolloverApplication.class.getName()));
        all.addAll(Arrays.asList(command));
        return MeasuredProcess.java(server.url(database), environment, all);
    }
}
