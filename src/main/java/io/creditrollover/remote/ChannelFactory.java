package io.creditrollover.remote;

import io.creditrollover.host.SearchPath;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;
import org.postgresql.jdbc.PgConnection;
import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Opens channels. LISTEN needs its own session, not a pooler in transaction mode: it connects to
 * {@code spring.flyway.url} if set, else to {@code spring.datasource.url}, as the user of the runs.
 */
@Lazy
@Component
class ChannelFactory {
    private static final long PAUSE_MILLIS = 1_000;

    private final DataSource pool;
    private final FlywayConnectionDetails migrations;
    private final JdbcConnectionDetails runs;
    private final SearchPath path;

    ChannelFactory(DataSource pool, FlywayConnectionDetails migrations, JdbcConnectionDetails runs, SearchPath path) {
        this.pool = pool;
        this.path = path;
        this.migrations = migrations;
        this.runs = runs;
    }

    /** Opens a channel with this many receiver threads. */
    PartitionChannel open(int threads) {
        return new PartitionChannel(pool, path.qualifier(), this::connect, threads);
    }

    /** Pauses after a failure, because the caller retries at once. */
    private PgConnection connect() throws SQLException {
        String url = migrations.getJdbcUrl() == null ? runs.getJdbcUrl() : migrations.getJdbcUrl();
        try {
            return DriverManager.getConnection(url, login()).unwrap(PgConnection.class);
        } catch (SQLException unreachable) {
            pause();
            throw unreachable;
        }
    }

    private Properties login() {
        Properties login = new Properties();
        put(login, PGProperty.USER, runs.getUsername());
        put(login, PGProperty.PASSWORD, runs.getPassword());
        put(login, PGProperty.APPLICATION_NAME, "credit-rollover");
        put(login, PGProperty.ASSUME_MIN_SERVER_VERSION, "14"); // as for the pool
        put(login, PGProperty.CONNECT_TIMEOUT, "10");
        put(login, PGProperty.TCP_KEEP_ALIVE, "true");
        return login;
    }

    private static void put(Properties login, PGProperty property, @Nullable String value) {
        if (value != null) {
            property.set(login, value);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
