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
 * Opens channels. To hear of messages takes a session of its own, which a pooler in transaction mode does not give: that
 * connection goes by {@code spring.flyway.url} where it is set, else by {@code spring.datasource.url}, always as the user
 * that runs work as.
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

    /** Returns a channel that receives with so many threads once it is told to listen. */
    PartitionChannel open(int threads) {
        return new PartitionChannel(pool, path.qualifier(), this::connect, threads);
    }

    /** Tried again at once when it fails, so a failure takes its time. */
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
