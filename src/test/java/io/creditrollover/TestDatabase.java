package io.creditrollover;

import io.creditrollover.cli.TestApplication;
import io.creditrollover.lease.StopSignal;
import io.creditrollover.run.Readiness;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.datasource.init.ScriptUtils;

/**
 * A database of its own for a test, on the one PostgreSQL that all tests of a JVM share. Copied from a template, so it
 * costs some ten milliseconds. The server's time zone is neither the business's nor the JVM's.
 */
public final class TestDatabase {
    /** The server's zone, and that of the sessions which {@link TestApplication} opens. */
    public static final String ZONE = "Pacific/Auckland";

    public static final String USERNAME = "postgres";

    private static final String DEADLOCK = "40P01";
    private static final EmbeddedPostgres SERVER = start();
    /** Copying files is faster here than copying through the log; PostgreSQL 14 knows nothing else. */
    private static final String FILE_COPY = major() < 15 ? "" : " strategy file_copy";

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final String name;
    private final DataSource dataSource;
    private final DataSource kept;

    private TestDatabase(String name) {
        this.name = name;
        this.dataSource = source(url(name));
        this.kept = new AbstractDataSource() {
            @Override
            public Connection getConnection() throws SQLException {
                return KeptConnections.take(name, dataSource::getConnection);
            }

            @Override
            public Connection getConnection(String username, String password) {
                throw new UnsupportedOperationException(username);
            }
        };
    }

    /** Nothing in it. */
    public static TestDatabase empty() {
        return copyOf("template0");
    }

    /** With the host's tables, and none of this system's. */
    public static TestDatabase fresh() {
        return copyOf(HostTemplate.made().name);
    }

    /** With the host's tables and this system's, as {@code migrate} makes them. */
    public static TestDatabase migrated() {
        return copyOf(MigratedTemplate.made().name);
    }

    /** As this one is now; nobody may be connected to it. */
    public TestDatabase copy() {
        KeptConnections.end(name);
        return copyOf(name);
    }

    /** The same under another name; a database that has it is dropped, and its sessions end. */
    public TestDatabase renamed(String newName) {
        KeptConnections.end(name);
        KeptConnections.end(newName);
        onServer("drop database if exists " + newName + " with (force)");
        onServer("alter database " + name + " rename to " + newName);
        return new TestDatabase(newName);
    }

    public String name() {
        return name;
    }

    public String url() {
        return url(name);
    }

    public static int port() {
        return SERVER.getPort();
    }

    /** Each connection is a new one, as a superuser. */
    public DataSource dataSource() {
        return dataSource;
    }

    /** Each statement in a session that is as new. */
    public JdbcClient jdbc() {
        return JdbcClient.create(kept);
    }

    public Connection open() throws SQLException {
        return dataSource.getConnection();
    }

    /** Runs statements as they are, without parameters. */
    public TestDatabase execute(String... statements) {
        try (Connection connection = kept.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
            return this;
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** Empties the host's tables of people and this system's of everything, so that a started product can be used again. */
    public TestDatabase reset() {
        return truncate().execute("update credit_rollover_leases set holder = 'nobody', expires_at = '-infinity'");
    }

    /** Empties the tables of people, runs and decisions, and {@code more}. */
    public TestDatabase truncate(String... more) {
        String truncate = """
                truncate users, payments, credit_rollover_runs, credit_rollover_events, credit_rollover_skips,
                         credit_rollover_waits, credit_rollover_slices, credit_rollover_tallies,
                         credit_rollover_dry_run_decisions, credit_rollover_feed, credit_rollover_webhooks, %s cascade
                """.formatted(String.join(
                ", ",
                Stream.concat(Stream.of("credit_rollover_batch_job_instance"), Stream.of(more))
                        .toList()));
        while (true) {
            try {
                return execute(truncate);
            } catch (IllegalStateException failed) {
                // A started product may be reading in the background, and the server ends one of two that wait for each
                // other.
                if (!(failed.getCause() instanceof SQLException sql && DEADLOCK.equals(sql.getSQLState()))) {
                    throw failed;
                }
            }
        }
    }

    /** One number. */
    public long count(String query) {
        return jdbc().sql(query).query(Long.class).single();
    }

    private static TestDatabase copyOf(String template) {
        String name = "t" + NUMBER.incrementAndGet();
        onServer("create database " + name + " template " + template + FILE_COPY);
        return new TestDatabase(name);
    }

    private static void onServer(String statement) {
        new TestDatabase("postgres").execute(statement);
    }

    /** The server's version: 18, or another by {@code -Dembedded-postgres-binaries.version}. */
    public static int major() {
        return (int) new TestDatabase("postgres").count("select current_setting('server_version_num')::int / 10000");
    }

    private static String url(String name) {
        return "jdbc:postgresql://localhost:" + SERVER.getPort() + "/" + name;
    }

    private static DataSource source(String url) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setUser(USERNAME);
        return source;
    }

    /** {@code -Ddatabase.durable=true} waits for the disk as a host's server does, for tests that compare waits. */
    private static EmbeddedPostgres start() {
        try {
            String durable = Boolean.getBoolean("database.durable") ? "on" : "off";
            return EmbeddedPostgres.builder()
                    .setServerConfig("fsync", durable)
                    .setServerConfig("full_page_writes", durable)
                    .setServerConfig("synchronous_commit", durable)
                    .setServerConfig("timezone", ZONE)
                    .setServerConfig("max_connections", "300")
                    // Hundreds of databases would keep its workers busy.
                    .setServerConfig("autovacuum", "off")
                    .setPGStartupWait(Duration.ofMinutes(2))
                    .setOutputRedirector(ProcessBuilder.Redirect.DISCARD)
                    .setErrorRedirector(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Made once, when it is first asked for. */
    private static final class HostTemplate {
        private static final TestDatabase DATABASE = new TestDatabase("host_template");

        static {
            onServer("create database host_template template template0");
            try (Connection connection = DATABASE.open()) {
                ScriptUtils.executeSqlScript(connection, new ClassPathResource("db/host/host-tables.sql"));
            } catch (SQLException failed) {
                throw new IllegalStateException(failed);
            }
        }

        static TestDatabase made() {
            return DATABASE;
        }
    }

    /** Made once, by the product itself. */
    private static final class MigratedTemplate {
        private static final TestDatabase DATABASE = new TestDatabase("migrated_template");

        static {
            onServer("create database migrated_template template " + HostTemplate.made().name);
            try (TestApplication product = TestApplication.on(DATABASE)) {
                product.bean(Readiness.class).migrate("test", new StopSignal());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(interrupted);
            }
        }

        static TestDatabase made() {
            return DATABASE;
        }
    }
}
