package io.creditrollover;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Connections of the databases that tests asked last. PostgreSQL starts a process for a new one, which costs more than most
 * questions of a test. A session is as new when it is used again.
 */
final class KeptConnections {
    private static final int MAX_IDLE = 3;

    private static final Map<String, Connection> IDLE = new LinkedHashMap<>();

    private KeptConnections() {}

    interface Opening {
        Connection open() throws SQLException;
    }

    /** One whose closing keeps it for the next. */
    static Connection take(String database, Opening opening) throws SQLException {
        Connection idle = asNew(remove(database));
        Connection taken = idle == null ? opening.open() : idle;
        return (Connection) Proxy.newProxyInstance(
                KeptConnections.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        keep(database, taken);
                        return null;
                    }
                    try {
                        return method.invoke(taken, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }

    /** Nobody is connected to the database afterwards. */
    static void end(String database) {
        close(remove(database));
    }

    private static synchronized @Nullable Connection remove(String database) {
        return IDLE.remove(database);
    }

    private static synchronized void keep(String database, Connection connection) {
        try {
            if (!connection.getAutoCommit()) {
                connection.rollback();
                connection.setAutoCommit(true);
            }
            close(IDLE.remove(database));
            IDLE.put(database, connection);
            if (IDLE.size() > MAX_IDLE) {
                close(IDLE.remove(IDLE.keySet().iterator().next()));
            }
        } catch (SQLException broken) {
            close(connection);
        }
    }

    /** Without what the last user set; none where the server has ended it, or where a transaction is open. */
    private static @Nullable Connection asNew(@Nullable Connection connection) {
        if (connection == null) {
            return null;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("discard all");
            return connection;
        } catch (SQLException ended) {
            close(connection);
            return null;
        }
    }

    private static void close(@Nullable Connection connection) {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException gone) {
                throw new IllegalStateException(gone);
            }
        }
    }
}
