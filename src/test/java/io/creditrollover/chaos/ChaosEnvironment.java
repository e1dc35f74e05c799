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
import org.jspecify.annotations.Nullable;

/**
 * A server with a host of random users in a template database, migrated; the proxy before it; and what the oracle says of
 * those users. Each round works on a copy of the template.
 */
final class ChaosEnvironment implements AutoCloseable {
    /** Above what any process needs to end on this side of hanging, on a busy machine. */
    static final Duration PATIENCE = Duration.ofSeconds(150);

    /** The host's tables as they are before this system's are added. */
    private static final String HOST = "host";

    private static final String BASE = "base";

    private static final Map<String, String> IN_PEACE = Map.of("ROLLOVER_LEASE_DURATION", "PT60S");

    /** Notes in the transaction of every chunk who wrote it under which token. */
    private static final String WITNESS = """
            create table chaos_witness (id bigint generated always as identity, token bigint, process text, run_id bigint,
                                        work text);
            create function chaos_witness() returns trigger language plpgsql as $$
            begin
                insert into chaos_witness (token, process, run_id, work)
                select token, current_setting('application_name'), new.run_id, new.step
                from credit_rollover_tokens where name = 'writer';
                return null;
            end $$;
            create trigger chaos_witness after insert or update on credit_rollover_tallies
                for each row execute function chaos_witness();
            """;

    private final Path directory;
    private final Program program;
    private final ChaosServer server;
    private final @Nullable PgBouncer pooler;
    private final TcpProxy proxy;
    private final AtomicInteger processes = new AtomicInteger();
    private final AtomicInteger copies = new AtomicInteger();
    private final LocalDate date;
    private Map<Long, OracleVerdict> verdicts = Map.of();

    private ChaosEnvironment(Path directory, ChaosServer server, @Nullable PgBouncer pooler) throws IOException {
        this.program = new Program(directory);
        this.directory = directory;
        this.server = server;
        this.pooler = pooler;
        this.proxy = TcpProxy.to(port());
        this.date = LocalDate.now(OracleRules.defaults(LocalDate.EPOCH).zone()).withDayOfMonth(1);
    }

    /** Makes a world with that many users, most of them awkward. */
    static ChaosEnvironment create(long seed, int users) throws IOException, SQLException {
        return create(seed, users, ChaosServer.Setup.USUAL, 0);
    }

    /** Makes one on an unusual server. */
    static ChaosEnvironment create(long seed, int users, ChaosServer.Setup setup) throws IOException, SQLException {
        return create(seed, users, setup, 0);
    }

    /** Makes one where the program comes by a PgBouncer with so many server connections; only migrations go past it. */
    static ChaosEnvironment behindPgBouncer(long seed, int users, int serverConnections)
            throws IOException, SQLException {
        PgBouncer.assumeInstalled();
        return create(seed, users, ChaosServer.Setup.USUAL, serverConnections);
    }

    private static ChaosEnvironment create(long seed, int users, ChaosServer.Setup setup, int pooled)
            throws IOException, SQLException {
        Path directory = Files.createTempDirectory("chaos");
        ChaosServer server = ChaosServer.start(directory, setup);
        PgBouncer pooler = null;
        try {
            pooler = pooled == 0 ? null : PgBouncer.start(directory, server.port(), pooled);
            ChaosEnvironment world = new ChaosEnvironment(directory, server, pooler);
            world.prepare(seed, users);
            return world;
        } catch (IOException | SQLException | RuntimeException | Error failure) {
            if (pooler != null) {
                pooler.close();
            }
            server.close();
            throw failure;
        }
    }

    private void prepare(long seed, int users) throws IOException, SQLException {
        server.execute("postgres", "create database " + HOST);
        try (Connection connection = server.connect(HOST)) {
            fill(connection, seed, users);
        }
        server.execute("postgres", "create database " + BASE + " template " + HOST);
        try (JarProcess process = start(server.port(), BASE, IN_PEACE, "migrate", "--json")) {
            JarProcess.Ended migrated = process.await(PATIENCE);
            assertThat(migrated.exitCode()).as(migrated.out() + migrated.err()).isZero();
        }
        watch(BASE);
        server.execute(BASE, "vacuum analyze");
        try (Connection connection = server.connect(BASE)) {
            verdicts = OracleHost.load(connection).judgeAllAfterWaiting(rules(), OracleHost.clock(connection));
        }
    }

    private void fill(Connection connection, long seed, int users) throws SQLException, IOException {
        String tables = new String(
                ChaosEnvironment.class
                        .getResourceAsStream("/db/host/host-tables.sql")
                        .readAllBytes(),
                StandardCharsets.UTF_8);
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

    /** Returns where programs go when no proxy is in between: the server, or the pooler before it. */
    int port() {
        return pooler == null ? server.port() : pooler.port();
    }

    /**
     * Returns how many attempts may be refused before one must come to its end. Where PgBouncer could not log in, it refuses
     * everybody for the next 15 s ({@code server_login_retry}); an attempt takes 3.
     */
    int attemptsLeftInPeace() {
        return pooler == null ? 3 : 10;
    }

    LocalDate date() {
        return date;
    }

    OracleRules rules() {
        return OracleRules.defaults(date).withPendingGrace(Duration.ofSeconds(2));
    }

    Map<Long, OracleVerdict> verdicts() {
        return verdicts;
    }

    OracleFigures figures() {
        return OracleFigures.of(verdicts.values());
    }

    /** Copies the template; returns the new database's name. */
    String copy() throws SQLException {
        return copyOf(BASE);
    }

    /** Copies the host as it is before this system's tables are added; see {@link #watch}. */
    String copyOfTheHost() throws SQLException {
        return copyOf(HOST);
    }

    private String copyOf(String template) throws SQLException {
        String name = "round" + copies.incrementAndGet();
        server.execute("postgres", "create database " + name + " template " + template);
        return name;
    }

    /** Begins to note who writes; in a database that has just been migrated. */
    void watch(String database) throws SQLException {
        server.execute(database, WITNESS);
    }

    /** Behind a pooler it looks first whether the program has left anything in sessions that others use after it. */
    void drop(String database) throws SQLException {
        if (pooler != null) {
            new PooledSessions(this, database).areAsNew();
        }
        discard(database);
    }

    /** Drops a copy without a look. */
    void discard(String database) throws SQLException {
        server.execute("postgres", "drop database if exists " + database + " with (force)");
    }

    /** Starts a command through the proxy. */
    JarProcess start(String database, Map<String, String> overrides, String... arguments) {
        return start(proxy, database, overrides, arguments);
    }

    /** Starts a command through another proxy. */
    JarProcess start(TcpProxy way, String database, Map<String, String> overrides, String... arguments) {
        return start(way.port(), database, overrides, arguments);
    }

    private JarProcess start(int port, String database, Map<String, String> overrides, String... arguments) {
        String name = "process-" + processes.incrementAndGet() + "-" + arguments[0];
        Map<String, String> environment = environment(database, overrides);
        environment.put(
                "SPRING_DATASOURCE_URL",
                "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?ApplicationName=" + name);
        return JarProcess.start(program, directory, environment, arguments);
    }

    /** Runs a command to its end, past the proxy. */
    JarProcess.Ended run(String database, Map<String, String> overrides, String... arguments) {
        Duration lease = Duration.parse(overrides.getOrDefault("ROLLOVER_LEASE_DURATION", "PT3S"));
        try (JarProcess process = start(port(), database, overrides, arguments)) {
            return process.await(Rounds.patience(lease));
        }
    }

    /**
     * Small chunks, so that faults fall inside a run; a short lease, so that nobody waits long; no limit that blocks. An
     * override that is empty takes a variable away.
     */
    private Map<String, String> environment(String database, Map<String, String> overrides) {
        Map<String, String> environment = new HashMap<>(Map.of(
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
        environment.put("ROLLOVER_SAFETY_FIRST_RUN", "allow");
        environment.put("ROLLOVER_SAFETY_MAX_DELAY", "P40D");
        environment.put("ROLLOVER_SAFETY_MAX_PAYMENT_SILENCE", "P3650D");
        environment.put("ROLLOVER_SKIP_LIMIT", "1000000");
        environment.put("ROLLOVER_SAFETY_FIRST_RUN", "allow");
        if (pooler != null) {
            environment.put("SPRING_FLYWAY_URL", server.url(database));
            environment.put("SPRING_FLYWAY_USER", "postgres");
            environment.put("SPRING_FLYWAY_PASSWORD", "any");
        }
        environment.putAll(overrides);
        environment.values().removeIf(String::isEmpty);
        return environment;
    }

    @Override
    public void close() throws IOException {
        proxy.close();
        if (pooler != null) {
            pooler.close();
        }
        server.close();
        try (Stream<Path> files = Files.walk(directory)) {
            Path[] all = files.sorted(Comparator.reverseOrder()).toArray(Path[]::new);
            Arrays.stream(all).forEach(file -> file.toFile().delete());
        }
    }
}
