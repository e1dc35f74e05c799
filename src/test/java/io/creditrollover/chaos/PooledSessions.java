package io.creditrollover.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The sessions that a pooler lends to one client after the other. Nobody cleans them up in between, so each must look like
 * one that nobody has used.
 */
final class PooledSessions {
    /** So that the driver sets nothing in a session itself. */
    private static final String LOGIN = "?ApplicationName=chaos-test&prepareThreshold=0&assumeMinServerVersion=14";

    /** Everything that outlives a transaction; a line each. */
    private static final String STATE = """
            select name || ' = ' || setting from pg_settings
            -- The language's own are there from its first use on.
            where name not like 'plpgsql.%' or setting <> boot_val
            union all select 'prepared statement ' || statement from pg_prepared_statements
            union all select 'cursor ' || name from pg_cursors where name <> ''
            union all select 'listens to ' || channel from pg_listening_channels() channel
            union all select 'acts as ' || current_user where current_user <> session_user
            union all select 'temporary ' || relname from pg_class
                      where relpersistence = 't' and relnamespace = pg_my_temp_schema()
            union all select locktype || ' lock of this session' from pg_locks
                      where pid = pg_backend_pid() and locktype = 'advisory'
            """;

    private final ChaosEnvironment world;
    private final String database;
    private final List<String> asNew;

    /** Looks at a session of its own first, with which the borrowed ones are compared. */
    PooledSessions(ChaosEnvironment world, String database) throws SQLException {
        this.world = world;
        this.database = database;
        try (Connection direct = DriverManager.getConnection(world.server().url(database) + LOGIN, "postgres", "any")) {
            this.asNew = strings(direct, STATE);
        }
    }

    /** Borrows them all at once, each in a transaction, and looks at each. */
    void areAsNew() throws SQLException {
        List<Connection> borrowed = new ArrayList<>();
        try {
            Set<String> unseen = pooled();
            assertThat(unseen).as("the program came by the pooler").isNotEmpty();
            while (!unseen.isEmpty()) {
                Connection connection = borrow();
                borrowed.add(connection);
                connection.setAutoCommit(false);
                assertThat(leftIn(connection)).as("left in a pooled session").isEmpty();
                unseen.removeAll(strings(connection, "select pg_backend_pid()::text"));
                unseen.retainAll(pooled());
            }
        } finally {
            for (Connection connection : borrowed) {
                connection.close();
            }
        }
    }

    /** Returns a connection as any other client of the pooler has it. */
    Connection borrow() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + world.port() + "/" + database + LOGIN, "postgres", "any");
    }

    /** Returns in what the session that answers differs from a new one. */
    List<String> leftIn(Connection connection) throws SQLException {
        List<String> found = strings(connection, STATE);
        found.removeAll(asNew);
        return found;
    }

    private Set<String> pooled() throws SQLException {
        try (Connection direct = world.server().connect(database)) {
            return new TreeSet<>(strings(
                    direct,
                    "select pid::text from pg_stat_activity where datname = current_database() and usename = '"
                            + PgBouncer.ROLE + "'"));
        }
    }

    private static List<String> strings(Connection connection, String query) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                found.add(row.getString(1));
            }
        }
        return found;
    }
}
