package io.creditrollover.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.oracle.OracleFigures;
import io.creditrollover.oracle.OracleHost;
import io.creditrollover.oracle.OracleRules;
import io.creditrollover.oracle.OracleVerdict;
import io.creditrollover.oracle.RandomHost;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A server with a host of random users in a template database, migrated; the proxy before it; and what the oracle says of
 * those users. Each round works on a copy of the template.
 */
final class World implements AutoCloseable {
    /** Above what any process needs to end on this side of hanging, on a busy machine. */
    static final Duration PATIENCE = Duration.ofSeconds(150);

    private static final String BASE = "base";

    /** Notes in the transaction of every chunk who wrote it under which token. */
    private static final String WITNESS = """
            create table chaos_witness (id bigint generated always as identity, token bigint, process text, run_id bigint,
                                        work text);
            create function chaos_witness() returns trigger language plpgsql as $$
            begin
                insert into chaos_witness (token, process, run_id, work)
                select token, current_setting('application_name'), new.run_id, new.work
                from credit_rollover_tokens where name = 'writer';
                return null;
            end $$;
            create trigger chaos_witness after insert or update on credit_rollover_tallies
                for each row execute function chaos_witness();
            """;

    private final Path directory;
    private final Program program;
    private final ChaosServer server;
    private final TcpProxy proxy;
    private final AtomicInteger processes = new AtomicInteger();
    private final AtomicInteger copies = new AtomicInteger();
    private final LocalDate date;
    private Map<Integer, OracleVerdict> verdicts = Map.of();

    private World(Path directory, Program program, ChaosServer server, TcpProxy proxy) {
        this.program = program;
        this.directory = directory;
        this.server = server;
        this.proxy = proxy;
        this.date = LocalDate.now(OracleRules.defaults(LocalDate.EPOCH).zone()).withDayOfMonth(1);
    }

    /** Makes a world with that many users, most of them awkward. */
    static World create(long seed, int users) throws IOException, SQLException {
        return create(seed, users, ChaosServer.Setup.USUAL);
    }

    /** Makes one on an unusual server. */
    static World create(long seed, int users, ChaosServer.Setup setup) throws IOException, SQLException {
        Path directory = Files.createTempDirectory("chaos");
        ChaosServer server = ChaosServer.start(directory, setup);
        try {
            World world = new World(directory, new Program(directory), server, TcpProxy.to(server.port()));
            world.prepare(seed, users);
            return world;
        } catch (IOException | SQLException | RuntimeException | Error failure) {
            server.close();
            throw failure;
        }
    }

    private void prepare(long seed, int users) throws IOException, SQLException {
        server.execute("postgres", "create database " + BASE);
        try (Connection connection = server.connect(BASE)) {
            fill(connection, seed, users);
        }
        JarProcess.Ended migrated = run(BASE, Map.of("ROLLOVER_LEASE_DURATION", "PT60S"), "migrate", "--json");
        assertThat(migrated.exitCode()).as(migrated.out() + migrated.err()).isZero();
        server.execute(BASE, WITNESS, "vacuum analyze");
        try (Connection connection = server.connect(BASE)) {
            verdicts = OracleHost.load(connection).judgeAllAfterWaiting(rules(), OracleHost.clock(connection));
        }
    }

    private void fill(Connection connection, long seed, int users) throws SQLException, IOException {
        String tables = new String(
                World.class.getResourceAsStream("/db/host/host-tables.sql").readAllBytes(), StandardCharsets.UTF_8);
        connection.createStatement().execute(tables);
        RandomHost host = RandomHost.with(seed, OracleRules.defaults(date), Instant.now())
                .users(users)
                .believable(0.5)
                .build();
        host.insertPlansInto(connection);
        host.insertInto(connection);
        // A world lives for hours: nothing may be dated so that the clock changes its meaning meanwhile.
        connection.createStatement().execute("""
                update payments set created_at = created_at + interval '1 year' where created_at > now();
                update payments set created_at = created_at - interval '1 hour'
                where payment_status = 'pending' and created_at > now() - interval '1 hour' and created_at <= now()
                """);
        assertThat(users).isPositive();
    }

    Path directory() {
        return directory;
    }

    ChaosServer server() {
        return server;
    }

    TcpProxy proxy() {
        return proxy;
    }

    LocalDate date() {
        return date;
    }

    OracleRules rules() {
        return OracleRules.defaults(date).withPendingGrace(Duration.ofSeconds(2));
    }

    Map<Integer, OracleVerdict> verdicts() {
        return verdicts;
    }

    OracleFigures figures() {
        return OracleFigures.of(verdicts.values());
    }

    /** Copies the template; returns the new database's name. */
    String copy() throws SQLException {
        String name = "round" + copies.incrementAndGet();
        server.execute("postgres", "create database " + name + " template " + BASE);
        return name;
    }

    void drop(String database) throws SQLException {
        server.execute("postgres", "drop database if exists " + database + " with (force)");
    }

    /** Starts a command through the proxy. */
    JarProcess start(String database, Map<String, String> overrides, String... arguments) {
        return start(proxy, database, overrides, arguments);
    }

    /** Starts a command through another proxy. */
    JarProcess start(TcpProxy way, String database, Map<String, String> overrides, String... arguments) {
        return JarProcess.start(program, directory, environment(database, way.port(), overrides), arguments);
    }

    /** Runs a command to its end, past the proxy. */
    JarProcess.Ended run(String database, Map<String, String> overrides, String... arguments) {
        try (JarProcess process =
                JarProcess.start(program, directory, environment(database, server.port(), overrides), arguments)) {
            return process.await(PATIENCE);
        }
    }

    /** Small chunks, so that faults fall inside a run; a short lease, so that nobody waits long; no limit that blocks. */
    Map<String, String> environment(String database, int port, Map<String, String> overrides) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "SPRING_DATASOURCE_URL",
                "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?ApplicationName=process-"
                        + processes.incrementAndGet(),
                "SPRING_DATASOURCE_USERNAME",
                "postgres",
                "SPRING_DATASOURCE_PASSWORD",
                "any",
                "ROLLOVER_LEASE_DURATION",
                "PT3S",
                "ROLLOVER_CHUNK_SIZE",
                "20",
                "ROLLOVER_PARTITIONS",
                "4",
                "ROLLOVER_THREADS",
                "2",
                "ROLLOVER_PENDING_GRACE",
                "PT2S"));
        environment.put("ROLLOVER_SAFETY_MAX_DELAY", "P40D");
        environment.put("ROLLOVER_SAFETY_MAX_PAYMENT_SILENCE", "P3650D");
        environment.put("ROLLOVER_SKIP_LIMIT", "1000000");
        environment.putAll(overrides);
        return environment;
    }

    @Override
    public void close() throws IOException {
        proxy.close();
        server.close();
        try (Stream<Path> files = Files.walk(directory)) {
            Path[] all = files.sorted(Comparator.reverseOrder()).toArray(Path[]::new);
            Arrays.stream(all).forEach(file -> file.toFile().delete());
        }
    }
}
