package io.creditrollover.lease;

import io.creditrollover.config.RolloverProperties;
import io.creditrollover.host.SearchPath;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.postgresql.util.PSQLState;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sets lock, statement and idle timeouts on every transaction, Batch's included, so that a hung process cannot hold
 * locks. A socket timeout detects a dead connection.
 *
 * <p>Also sets isolation, access mode and {@link SearchPath}, whatever the defaults of role and database: under
 * REPEATABLE READ a waiting chunk would not see payments committed meanwhile. All settings end with the transaction,
 * because a pooler shares the session.
 */
@Component
public class TimeoutTransactionManager extends JdbcTransactionManager {
    /** SQLSTATE of a write in a read-only transaction. */
    private static final String READ_ONLY = "25006";

    private final TransactionTimeouts bounds;
    private final SearchPath path;

    TimeoutTransactionManager(DataSource dataSource, RolloverProperties properties, SearchPath path) {
        super(dataSource);
        this.path = path;
        this.bounds = TransactionTimeouts.of(properties.lease().duration());
    }

    /** Returns a read-only template for whole tables; its statement timeout is thirty leases. */
    public static TransactionTemplate forLongReads(PlatformTransactionManager transactions) {
        TransactionTemplate template = new TransactionTemplate(transactions);
        template.setReadOnly(true);
        return template;
    }

    /** A snapshot read sets its isolation afterwards. */
    private static String mode(TransactionDefinition definition) {
        return "set transaction isolation level read committed, "
                + (definition.isReadOnly() ? "read only; " : "read write; ");
    }

    @Override
    protected void prepareTransactionalConnection(Connection connection, TransactionDefinition definition)
            throws SQLException {
        String searchPath = path.toSql(connection);
        super.prepareTransactionalConnection(connection, definition);
        TransactionTimeouts all = definition.isReadOnly() ? bounds.forLongReads() : bounds;
        connection.setNetworkTimeout(Runnable::run, (int) all.socketMillis());
        int major = connection.getMetaData().getDatabaseMajorVersion();
        try (Statement statement = connection.createStatement()) {
            statement.execute(mode(definition) + all.toSql(major) + "; " + searchPath);
        } catch (SQLException failed) {
            throw onAStandby(failed) ? new SQLException(failed.getMessage(), READ_ONLY) : failed;
        }
    }

    /** To "read write" a standby answers with the SQLSTATE of an unsupported feature. */
    private static boolean onAStandby(SQLException failed) {
        return PSQLState.NOT_IMPLEMENTED.getState().equals(failed.getSQLState());
    }
}
