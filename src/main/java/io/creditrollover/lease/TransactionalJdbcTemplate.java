package io.creditrollover.lease;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.PreparedStatementCallback;
import org.springframework.jdbc.core.PreparedStatementCreator;
import org.springframework.jdbc.core.PreparedStatementSetter;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.StatementCallback;
import org.springframework.jdbc.support.KeyHolder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs each statement in a transaction, so that no default of role or database affects it. Used by all {@code
 * JdbcClient} statements.
 */
@Component
class TransactionalJdbcTemplate extends JdbcTemplate {
    private final TransactionTemplate transaction;

    TransactionalJdbcTemplate(TimeoutTransactionManager transactions) {
        super(java.util.Objects.requireNonNull(transactions.getDataSource()));
        this.transaction = new TransactionTemplate(transactions);
    }

    @Override
    public <T extends @Nullable Object> T execute(ConnectionCallback<T> action) {
        return inTransaction(() -> super.execute(action));
    }

    @Override
    public <T extends @Nullable Object> T execute(StatementCallback<T> action) {
        return inTransaction(() -> super.execute(action));
    }

    @Override
    public <T extends @Nullable Object> T execute(
            PreparedStatementCreator creator, PreparedStatementCallback<T> action) {
        return inTransaction(() -> super.execute(creator, action));
    }

    @Override
    public <T extends @Nullable Object> T query(
            PreparedStatementCreator creator,
            @Nullable PreparedStatementSetter setter,
            ResultSetExtractor<T> extractor) {
        return inTransaction(() -> super.query(creator, setter, extractor));
    }

    @Override
    protected int update(PreparedStatementCreator creator, @Nullable PreparedStatementSetter setter) {
        return inTransaction(() -> super.update(creator, setter));
    }

    @Override
    public int update(PreparedStatementCreator creator, KeyHolder keys) {
        return inTransaction(() -> super.update(creator, keys));
    }

    private <T extends @Nullable Object> T inTransaction(Supplier<T> statement) {
        return TransactionSynchronizationManager.isActualTransactionActive()
                ? statement.get()
                : transaction.execute(status -> statement.get());
    }
}
