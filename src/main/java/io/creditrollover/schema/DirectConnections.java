package io.creditrollover.schema;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Ignores timeouts and defaults of role and database. Resets them on close: without {@code spring.flyway.url} the
 * session belongs to the pool or a pooler.
 */
final class DirectConnections extends DelegatingDataSource {
    private static final String SET = """
            set default_transaction_read_only = off; set default_transaction_isolation = 'read committed';
            select set_config(name, '0', false) from pg_settings
            where name in ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout', 'transaction_timeout')
            """;
    private static final String RESET = """
            reset default_transaction_read_only; reset default_transaction_isolation;
            select set_config(name, reset_val, false) from pg_settings
            where name in ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout', 'transaction_timeout')
            """;

    DirectConnections(DataSource target) {
        super(target);
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = super.getConnection();
        execute(connection, SET);
        return (Connection) Proxy.newProxyInstance(
                DirectConnections.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("close") && !connection.isClosed() && connection.getAutoCommit()) {
                        execute(connection, RESET);
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
