package io.creditrollover.demo;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.datasource.init.ScriptUtils;
import org.springframework.util.FileSystemUtils;

/**
 * A PostgreSQL server with nothing but the host's tables and made-up data. It lives in a directory of its own, which goes
 * with it; also when the demo is interrupted.
 */
final class DemoDatabase implements AutoCloseable {
    static final String OWNER = "postgres";

    private static volatile boolean interrupted;

    private final Path directory;
    private @Nullable EmbeddedPostgres server;

    private DemoDatabase(Path directory) {
        this.directory = directory;
    }

    static DemoDatabase start() throws IOException {
        DemoDatabase database = new DemoDatabase(Files.createTempDirectory("credit-rollover-demo"));
        Runtime.getRuntime().addShutdownHook(new Thread(database::interrupt, "demo-database"));
        database.startServer();
        return database;
    }

    /** Whoever interrupts the demo meanwhile waits for the start, so that there is no server that nobody stops. */
    private synchronized void startServer() throws IOException {
        // Else the library leaves an empty directory beside this one.
        System.setProperty("ot.epg.working-dir", directory.toString());
        try {
            server = EmbeddedPostgres.builder()
                    .setDataDirectory(directory.resolve("data"))
                    .setCleanDataDirectory(true)
                    .setRegisterShutdownHook(false)
                    // Which locales a machine has is its own affair.
                    .setLocaleConfig("locale", "C")
                    .start();
        } catch (IllegalStateException failed) {
            throw new IOException(
                    "The demo's PostgreSQL did not start. It needs room in java.io.tmpdir; and as root, a machine that "
                            + "lets unshare work, or another user.",
                    failed);
        }
    }

    /** Creates the host's tables and fills them with the months before {@code date}; nothing lies in the future. */
    void fill(LocalDate date, ZoneId zone, int months) throws SQLException {
        try (Connection connection = dataSource().getConnection()) {
            JdbcClient.create(new SingleConnectionDataSource(connection, true))
                    .sql("""
                            select set_config('demo.rollover_date', :date, false),
                                   set_config('demo.zone', :zone, false), set_config('demo.months', :months, false)
                            """)
                    .param("date", date.toString())
                    .param("zone", zone.getId())
                    .param("months", String.valueOf(months))
                    .query()
                    .singleRow();
            ScriptUtils.executeSqlScript(connection, new ClassPathResource("db/host/host-tables.sql"));
            ScriptUtils.executeSqlScript(connection, new ClassPathResource("db/demo/demo-data.sql"));
        }
    }

    /** Runs a script of the class path. */
    void execute(String script) throws SQLException {
        try (Connection connection = dataSource().getConnection()) {
            ScriptUtils.executeSqlScript(connection, new ClassPathResource(script));
        }
    }

    DataSource dataSource() {
        return started().getPostgresDatabase();
    }

    String url() {
        return started().getJdbcUrl(OWNER, OWNER);
    }

    private EmbeddedPostgres started() {
        return Objects.requireNonNull(server, "the server is not started");
    }

    /** Returns whether somebody wants the process to end; what fails then fails for want of a server. */
    static boolean isInterrupted() {
        return interrupted;
    }

    private void interrupt() {
        interrupted = true;
        close();
    }

    /** Stops the server and removes its directory. A second call finds nothing to do. */
    @Override
    public synchronized void close() {
        try {
            if (server != null) {
                server.close();
            }
            FileSystemUtils.deleteRecursively(directory);
        } catch (IOException left) {
            throw new UncheckedIOException("Something of the demo is left in " + directory, left);
        }
    }
}
