package io.creditrollover.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Measures every contender on every server and size, in turns, and writes docs/performance.md. What is measured already,
 * in {@code target/benchmark.csv}, is not measured again.
 *
 * <p>Arguments: {@code servers=pg15,pg18} as {@link Server#named} takes them, {@code users=100000,1000000},
 * {@code rounds=3}, {@code contenders=INSERT,this} by part of the name, {@code directory=...} for the servers started
 * here, {@code start=no} to omit the start-up.
 */
public final class Benchmark {
    static final String IDLE = "idle";

    private static final int IDLE_SECONDS = 30;
    private static final int WARM_UP_MILLIS = 1_500;
    private static final List<Contender> CONTENDERS = List.of(
            PlainSql.onTheSeedsTable(),
            PlainSql.onTheSeedsColumns(),
            PlainSql.insertThenUpdate(),
            PlainSql.oneStatement(),
            new Textbook(),
            new ThisJob());

    private final Figures figures = new Figures(Path.of("target", "benchmark.csv"));
    private final Arguments arguments;

    private Benchmark(String... arguments) {
        this.arguments = Arguments.of(arguments);
    }

    /** Measures what the arguments name, and writes the report. */
    public static void main(String[] arguments) throws Exception {
        new Benchmark(arguments).run();
        System.exit(0);
    }

    private void run() throws Exception {
        Path directory = Path.of(arguments.text("directory", "/tmp/credit-rollover-benchmark"));
        Files.createDirectories(directory);
        Report report = new Report(figures);
        for (String name : arguments.text("servers", "pg15,pg18").split(",")) {
            try (Server server = Server.named(name, directory)) {
                report.add(server.name(), server.description());
                for (String users : arguments.text("users", "100000,1000000").split(",")) {
                    measure(server, new HostData(server, Integer.parseInt(users)));
                }
                if (arguments.text("start", "yes").equals("yes")) {
                    report.start(server.name(), StartUp.measure(server));
                }
            }
            report.write();
        }
    }

    private void measure(Server server, HostData data) throws Exception {
        data.prepare();
        int rounds = Integer.parseInt(arguments.text("rounds", "3"));
        for (int round = 1; round <= rounds; round++) {
            if (isMissing(server, data, IDLE, round)) {
                idle(server, data, round);
            }
            for (Contender contender : CONTENDERS) {
                if (isWanted(contender) && isMissing(server, data, contender.name(), round)) {
                    run(server, data, contender, round);
                }
            }
        }
    }

    private boolean isWanted(Contender contender) {
        return Arrays.stream(arguments.text("contenders", "").split(",")).anyMatch(contender.name()::contains);
    }

    private boolean isMissing(Server server, HostData data, String contender, int round) throws Exception {
        return figures.of(server.name(), data.users(), contender).stream().noneMatch(line -> line.round() == round);
    }

    private void idle(Server server, HostData data, int round) throws Exception {
        try (LiveSpends spends = new LiveSpends(server, data.restore(), data.users())) {
            Thread.sleep(WARM_UP_MILLIS);
            spends.count();
            Thread.sleep(IDLE_SECONDS * 1_000L);
            add(server, data, IDLE, round, new Contender.Took(0, 0, 0, 0), spends.end(), 0);
        }
    }

    private void run(Server server, HostData data, Contender contender, int round) throws Exception {
        String database = data.restore();
        contender.prepare(server, database);
        try (LiveSpends spends = new LiveSpends(server, database, data.users())) {
            Thread.sleep(WARM_UP_MILLIS);
            spends.count();
            double before = server.processorSeconds();
            Contender.Took took = contender.run(server, database);
            LiveSpends.Waits waits = spends.end();
            Thread.sleep(WARM_UP_MILLIS); // until processes that end are counted with their parent
            double processor = server.processorSeconds() - before;
            requireWhole(server, database, contender, data.users() - waits.spends());
            add(server, data, contender.name(), round, took, waits, processor);
        }
    }

    /** An event for all but those who spent their last credit meanwhile. */
    private static void requireWhole(Server server, String database, Contender contender, int least) {
        Long events = server.jdbc(database).queryForObject("select count(*) from credit_rollover_events", Long.class);
        if (events == null || events < least) {
            throw new IllegalStateException(contender.name() + " wrote " + events + " events, not " + least);
        }
    }

    private void add(
            Server server,
            HostData data,
            String contender,
            int round,
            Contender.Took took,
            LiveSpends.Waits waits,
            double serverProcessorSeconds)
            throws Exception {
        figures.add(new Figures.Line(
                server.name(),
                data.users(),
                contender,
                round,
                took.jobSeconds(),
                took.processSeconds(),
                serverProcessorSeconds,
                took.processorSeconds(),
                took.residentMegabytes(),
                waits.spends(),
                waits.p50(),
                waits.p99(),
                waits.max()));
    }

    static List<String> contenders() {
        return Stream.concat(CONTENDERS.stream().map(Contender::name), Stream.of(IDLE))
                .toList();
    }
}
