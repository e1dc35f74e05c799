package io.creditrollover.chaos;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A PostgreSQL cluster of the test's own, which it may crash. A commit it has answered survives a crash of its processes. */
final class ChaosServer implements AutoCloseable {
    private final Path bin;
    private final Path directory;
    private final int port;

    private ChaosServer(Path bin, Path directory, int port) {
        this.bin = bin;
        this.directory = directory;
        this.port = port;
    }

    /** Makes a cluster under {@code directory} and starts it. */
    static ChaosServer start(Path directory) throws IOException, SQLException {
        Path bin = PostgresBinaries.directory();
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Files.createDirectories(directory);
        ChaosServer server = new ChaosServer(bin, directory, port);
        Shell.mustRun(Shell.asNobodySpecial(List.of(
                bin.resolve("initdb").toString(), "-D", server.data(), "-U", "postgres", "-A", "trust", "--no-sync")));
        Files.writeString(
                directory.resolve("data/postgresql.conf"),
                """
                listen_addresses = '127.0.0.1'
                port = %d
                unix_socket_directories = ''
                timezone = 'Pacific/Auckland'
                max_connections = 200
                shared_buffers = 128MB
                # Processes die here, not machines: what the kernel has is safe.
                fsync = off
                """.formatted(port),
                java.nio.file.StandardOpenOption.APPEND);
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        server.restart();
        server.execute("postgres", "create role " + PgBouncer.ROLE + " superuser login");
        return server;
    }

    int port() {
        return port;
    }

    String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(url(database) + "?ApplicationName=chaos-test", "postgres", "any");
    }

    void execute(String database, String... statements) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Ends every server process at once, without a checkpoint: as after a crash, the next start recovers from the WAL. */
    void crash() {
        Shell.mustRun(pgCtl("stop", "-m", "immediate"));
    }

    /** Starts the cluster, again or for the first time; returns when it takes connections. */
    void restart() {
        Shell.Result last = new Shell.Result(0, "");
        for (int attempt = 0; attempt < 20; attempt++) {
            last = Shell.run(pgCtl("start", "-l", directory.resolve("log").toString()));
            if (last.exitCode() == 0) {
                return;
            }
            pause(500);
        }
        throw new IllegalStateException("PostgreSQL does not start: " + last.output());
    }

    @Override
    public void close() {
        if (Files.exists(directory.resolve("data/postmaster.pid"))) {
            Shell.run(pgCtl("stop", "-m", "immediate"));
        }
    }

    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String data() {
        return directory.resolve("data").toString();
    }

    private List<String> pgCtl(String command, String... options) {
        List<String> all =
                new ArrayList<>(List.of(bin.resolve("pg_ctl").toString(), "-D", data(), "-w", "-t", "50", command));
        all.addAll(List.of(options));
        return Shell.asNobodySpecial(all);
    }
}
