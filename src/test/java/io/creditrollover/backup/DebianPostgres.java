package io.creditrollover.backup;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * PostgreSQL as Debian packs it, with pg_dump, pg_restore and psql, which the embedded one lacks. Where it is absent tests
 * are skipped, and fail on CI, which installs it.
 */
final class DebianPostgres implements AutoCloseable {
    private static final Path ALL = Path.of("/usr/lib/postgresql");

    private final Path home;
    private final int port;

    private DebianPostgres(Path home, int port) {
        this.home = home;
        this.port = port;
    }

    /** Starts a server of its own in a directory of its own; whoever has the password may log in. */
    static DebianPostgres start() throws Exception {
        Path initdb = program("initdb");
        Path home = Files.createTempDirectory("credit-rollover-debian");
        DebianPostgres server = new DebianPostgres(home, freePort());
        if (isRoot()) {
            run(List.of("chown", "postgres", home.toString()));
        }
        Path data = home.resolve("data");
        asPostgres(initdb.toString(), "-D", data.toString(), "-U", "postgres", "-A", "trust", "-E", "UTF8");
        String options = "-p " + server.port + " -k " + home + " -c timezone=Pacific/Auckland -c fsync=off"
                + " -c listen_addresses=127.0.0.1";
        asPostgres(
                program("pg_ctl").toString(), "-D", data.toString(), "-l", home + "/log", "-w", "-o", options, "start");
        return server;
    }

    /** Returns the newest program of this name; skips the test where there is none. */
    static Path program(String name) throws IOException {
        Optional<Path> newest = Optional.empty();
        if (Files.isDirectory(ALL)) {
            try (Stream<Path> versions = Files.list(ALL)) {
                newest = versions.filter(version ->
                                Files.isExecutable(version.resolve("bin").resolve(name)))
                        .max(Comparator.comparingDouble(version ->
                                Double.parseDouble(version.getFileName().toString())));
            }
        }
        if (newest.isEmpty() && "true".equals(System.getenv("CI"))) {
            fail("Debian's package postgresql is not installed, so " + name + " is missing");
        }
        Assumptions.assumeTrue(newest.isPresent(), "needs " + name + " of Debian's package postgresql");
        return newest.orElseThrow().resolve("bin").resolve(name);
    }

    String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    int port() {
        return port;
    }

    /** Makes a database. */
    JdbcClient create(String database) {
        jdbc("postgres").sql("create database " + database).update();
        return jdbc(database);
    }

    JdbcClient jdbc(String database) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url(database));
        source.setUser("postgres");
        return JdbcClient.create(source);
    }

    /** From now on everybody but postgres must know a password. */
    void demandPasswords() throws Exception {
        Files.writeString(home.resolve("data/pg_hba.conf"), """
                host all postgres 127.0.0.1/32 trust
                host all all      127.0.0.1/32 scram-sha-256
                """);
        jdbc("postgres").sql("select pg_reload_conf()").query().singleRow();
    }

    /** Runs one of PostgreSQL's programs against a database. */
    void client(String program, String database, Path directory, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                program(program).toString(), "-h", "127.0.0.1", "-p", "" + port, "-U", "postgres", "-d", database));
        command.addAll(List.of(arguments));
        run(command, directory);
    }

    @Override
    public void close() throws Exception {
        asPostgres(program("pg_ctl").toString(), "-D", home + "/data", "-m", "immediate", "-w", "stop");
        run(List.of("rm", "-r", home.toString()));
    }

    static void run(List<String> command) throws Exception {
        run(command, Path.of("/"));
    }

    static void run(List<String> command, Path directory) throws Exception {
        Path said = Files.createTempFile("credit-rollover-said", "");
        int code = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start()
                .waitFor();
        String text = Files.readString(said);
        Files.delete(said);
        if (code != 0) {
            fail(String.join(" ", command) + " ended with " + code + ": " + text);
        }
    }

    /** The server refuses to run as root. */
    private static void asPostgres(String... command) throws Exception {
        List<String> all = new ArrayList<>();
        if (isRoot()) {
            all.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
        }
        all.addAll(List.of(command));
        run(all);
    }

    static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
