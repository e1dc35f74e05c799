package io.creditrollover.chaos;

import static java.nio.file.StandardOpenOption.APPEND;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A PostgreSQL cluster of the test's own, which it may crash. A commit it has answered survives a crash of its processes. */
final class ChaosServer implements AutoCloseable {
    private final Path bin;
    private final Path directory;
    private final int port;
    private final Map<String, String> environment;

    private ChaosServer(Path bin, Path directory, int port, Map<String, String> environment) {
        this.environment = environment;
        this.bin = bin;
        this.directory = directory;
        this.port = port;
    }

    /**
     * What is unusual about a cluster.
     *
     * @param initdb further options of initdb
     * @param settings further lines of postgresql.conf, which win over those that every cluster here has
     * @param environment variables of the server's processes
     */
    record Setup(List<String> initdb, String settings, Map<String, String> environment) {
        static final Setup USUAL = new Setup(List.of(), "");

        Setup(List<String> initdb, String settings) {
            this(initdb, settings, Map.of());
        }
    }

    /** Makes a cluster under {@code directory} and starts it. */
    static ChaosServer start(Path directory, Setup setup) throws IOException {
        Path bin = PostgresBinaries.directory();
        Files.createDirectories(directory);
        ChaosServer server = new ChaosServer(bin, directory, freePort(), setup.environment());
        List<String> initdb = new ArrayList<>(List.of(
                bin.resolve("initdb").toString(), "-D", server.data(), "-U", "postgres", "-A", "trust", "--no-sync"));
        initdb.addAll(setup.initdb());
        Shell.mustRun(Shell.asNobodySpecial(initdb));
        Files.writeString(
                directory.resolve("data/postgresql.conf"), """
                listen_addresses = '127.0.0.1'
                port = %d
                unix_socket_directories = ''
                timezone = 'Pacific/Auckland'
                max_connections = 200
                shared_buffers = 128MB
                # Processes die here, not machines: what the kernel has is safe.
                fsync = off
                %s
                """.formatted(server.port, setup.settings()), APPEND);
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        server.restart();
        return server;
    }

    /** Makes a standby under {@code directory}, which follows this server, and whose word each commit waits for. */
    ChaosServer standby(Path directory) throws IOException, SQLException {
        Files.createDirectories(directory);
        ChaosServer standby = new ChaosServer(bin, directory, freePort(), environment);
        Shell.mustRun(Shell.asNobodySpecial(List.of(
                bin.resolve("pg_basebackup").toString(),
                "--pgdata=" + standby.data(),
                "--dbname=host=127.0.0.1 port=" + port + " user=postgres application_name=standby",
                "--checkpoint=fast",
                "--no-sync",
                "--write-recovery-conf")));
        Files.writeString(directory.resolve("data/postgresql.auto.conf"), "port = " + standby.port + "\n", APPEND);
        Runtime.getRuntime().addShutdownHook(new Thread(standby::close));
        standby.restart();
        // Until it streams, nobody's commit would come to an end.
        while (count("select count(*) from pg_stat_replication where state = 'streaming'") == 0) {
            pause(100);
        }
        execute("postgres", "alter system set synchronous_standby_names = 'standby'", "select pg_reload_conf()");
        while (count("select count(*) from pg_stat_replication where sync_state = 'sync'") == 0) {
            pause(100);
        }
        return standby;
    }

    /** Makes a standby the primary. */
    void promote() {
        Shell.mustRun(pgCtl("promote"));
    }

    long count(String query) throws SQLException {
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
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

    /** Ends it as an administrator would: sessions are told so and closed, and a checkpoint is made. */
    void stopPolitely() {
        Shell.mustRun(pgCtl("stop", "-m", "fast"));
    }

    /** After a fault that may or may not have ended it: starts it where it is down, returns when it takes connections. */
    void comeBack() {
        for (int attempt = 0; attempt < 100; attempt++) {
            try (Connection connection = connect("postgres")) {
                return;
            } catch (SQLException down) {
                if (Shell.run(pgCtl("status")).exitCode() != 0) {
                    restart();
                }
                pause(200);
            }
        }
        throw new IllegalStateException("PostgreSQL takes no connections");
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
        List<String> started = new ArrayList<>(List.of("env"));
        environment.forEach((name, value) -> started.add(name + "=" + value));
        started.addAll(Shell.asNobodySpecial(all));
        return started;
    }
}
