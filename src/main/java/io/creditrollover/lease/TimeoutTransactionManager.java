package io.creditrollover.lease;

import io.creditrollover.config.RolloverProperties;
import io.creditrollover.host.SearchPath;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Begins every transaction of this program with bounds, Spring Batch's own included: one that was left open by a process
 * whose connection carries nothing any more would keep its rows for hours, and whoever goes on needs those of Spring
 * Batch too. On this side the socket has a bound, after which a connection that does not answer counts as broken.
 *
 * <p>Isolation and mode are set too, whatever the role or the database has for a default: under REPEATABLE READ a chunk that
 * waited would not see the payments committed meanwhile. So is the search path: see {@link SearchPath}.
 *
 * <p>All of it holds to the end of the transaction only, since behind a pooler the session belongs to others too.
 */
@Component
public class TimeoutTransactionManager extends JdbcTransactionManager {
    private final TransactionTimeouts bounds;
    private final SearchPath path;

    TimeoutTransactionManager(DataSource dataSource, RolloverProperties properties, SearchPath path) {
        super(dataSource);
        this.path = path;
        this.bounds = TransactionTimeouts.of(properties.lease().duration());
    }

    /** Returns what runs reads over whole tables: read-only transactions that may take thirty leases for a statement. */
    public static TransactionTemplate forLongReads(PlatformTransactionManager transactions) {
        TransactionTemplate template = new TransactionTemplate(transactions);
        template.setReadOnly(true);
        return template;
    }

    /** The isolation of a read that needs one moment is set after this one. */
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
        }
    }
}
