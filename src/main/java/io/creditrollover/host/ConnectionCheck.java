package io.creditrollover.host;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.stereotype.Component;

/** Checks the connections of runs and of migrations. */
@Component
public class ConnectionCheck {
    private static final int MIN_MAJOR = 14;
    private static final String ASK = """
            select pg_backend_pid(), coalesce((select ssl from pg_stat_ssl where pid = pg_backend_pid()), false),
                   coalesce(inet_client_addr() <<= '127.0.0.0/8' or inet_client_addr() = '::1', true), current_user::text,
                   current_setting('server_version')
            """;

    private final DataSource pool;
    private final FlywayConnectionDetails migrations;
    private final JdbcConnectionDetails runs;

    ConnectionCheck(DataSource pool, FlywayConnectionDetails migrations, JdbcConnectionDetails runs) {
        this.pool = pool;
        this.migrations = migrations;
        this.runs = runs;
    }

    /**
     * A connection.
     *
     * @param pooled whether a pooler is in between
     * @param tls as seen by the server
     */
    public record Way(boolean reachable, boolean pooled, boolean tls, boolean local, String role, String server) {
        private static Way broken() {
            return new Way(false, false, false, false, "", "");
        }
    }

    /** Returns {@code runs}, and {@code migrations} if {@code spring.flyway.url} is set. Adds to {@code findings}. */
    public Map<String, Way> ways(List<Finding> findings) {
        Map<String, Way> ways = new LinkedHashMap<>();
        try (Connection connection = pool.getConnection()) {
            ways.put("runs", look(connection));
        } catch (SQLException unreachable) {
            ways.put("runs", Way.broken());
        }
        String url = migrations.getJdbcUrl();
        if (url != null) {
            ways.put("migrations", direct(url, findings));
        }
        findings.addAll(judge(ways));
        return ways;
    }

    private Way direct(String url, List<Finding> findings) {
        String user = migrations.getUsername() == null ? runs.getUsername() : migrations.getUsername();
        String password = migrations.getUsername() == null ? runs.getPassword() : migrations.getPassword();
        try (Connection connection = java.sql.DriverManager.getConnection(url, user, password)) {
            return look(connection);
        } catch (SQLException unreachable) {
            findings.add(
                    Finding.warning(
                            "SPRING_FLYWAY_URL",
                            "The direct connection for migrations failed: "
                                    + String.valueOf(unreachable.getMessage())
                                            .lines()
                                            .findFirst()
                                            .orElse("") + ".",
                            "Correct SPRING_FLYWAY_URL, SPRING_FLYWAY_USER and SPRING_FLYWAY_PASSWORD before the next migrate."));
            return Way.broken();
        }
    }

    /** A pooler reports a process number of its own, not the server's. */
    private static Way look(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(ASK)) {
            row.next();
            int told = connection.unwrap(PGConnection.class).getBackendPID();
            return new Way(
                    true,
                    told != row.getInt(1),
                    row.getBoolean(2),
                    row.getBoolean(3),
                    row.getString(4),
                    row.getString(5));
        }
    }

    private static List<Finding> judge(Map<String, Way> ways) {
        List<Finding> findings = new ArrayList<>();
        Way runs = ways.get("runs");
        Way direct = ways.get("migrations");
        if (runs != null && runs.pooled() && direct == null) {
            findings.add(Finding.warning(
                    "SPRING_FLYWAY_URL",
                    "The database is behind a connection pooler, and no direct connection for migrations is configured.",
                    "Set SPRING_FLYWAY_URL, SPRING_FLYWAY_USER and SPRING_FLYWAY_PASSWORD to a direct connection."));
        }
        if (direct != null && direct.pooled()) {
            findings.add(Finding.warning(
                    "SPRING_FLYWAY_URL",
                    "SPRING_FLYWAY_URL points to a connection pooler. Migrations need a direct connection.",
                    "Set SPRING_FLYWAY_URL to the database server."));
        }
        if (runs != null && runs.reachable() && !runs.pooled() && !runs.tls() && !runs.local()) {
            findings.add(Finding.warning(
                    "SPRING_DATASOURCE_URL",
                    "The connection to the database is not encrypted.",
                    "Add sslmode=verify-full to SPRING_DATASOURCE_URL."));
        }
        if (runs != null && runs.reachable() && major(runs.server()) < MIN_MAJOR) {
            findings.add(
                    Finding.error("server", "PostgreSQL " + runs.server() + " is older than " + MIN_MAJOR + ".", ""));
        }
        return findings;
    }

    private static int major(String version) {
        return Integer.parseInt(version.replaceAll("\\D.*", ""));
    }
}
