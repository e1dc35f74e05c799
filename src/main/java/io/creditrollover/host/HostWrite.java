package io.creditrollover.host;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Writes in the caller's transaction. If a constraint or trigger of the host refuses, rolls back to a savepoint;
 * earlier work remains.
 *
 * <p>Checks deferred constraints after each write. At commit they would roll back the whole chunk.
 *
 * <p>Not thread-safe.
 */
public final class HostWrite {
    private static final String SAVEPOINT = "savepoint host_write";
    private static final String RELEASE = "release savepoint host_write";
    private static final String CHECK_CONSTRAINTS = "set constraints all immediate";
    private static final String READ_AGAIN = "; select u.id, u.credits from users u where u.id = any(?)";

    /**
     * Finds AFTER UPDATE triggers, which run after RETURNING, on {@code users}, its partitions and tables behind a
     * view.
     */
    private static final String HAS_AFTER_TRIGGERS = """
            with recursive reached (oid) as (
                select 'users'::regclass::oid
                union
                select behind.oid from reached r cross join lateral (
                    select i.inhrelid as oid from pg_catalog.pg_inherits i where i.inhparent = r.oid
                    union all
                    select d.refobjid from pg_catalog.pg_rewrite w
                    join pg_catalog.pg_depend d on d.classid = 'pg_catalog.pg_rewrite'::regclass and d.objid = w.oid
                     and d.refclassid = 'pg_catalog.pg_class'::regclass
                    where w.ev_class = r.oid) as behind)
            select exists (select from pg_catalog.pg_trigger t join reached r on r.oid = t.tgrelid
                           where not t.tgisinternal and t.tgenabled <> 'D' and t.tgtype & 16 <> 0 and t.tgtype & 66 = 0)
            """;

    private final JdbcOperations jdbc;
    private @Nullable Boolean readsAgain;
    private boolean begun;

    public HostWrite(JdbcOperations jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Sets the savepoint, once, before any row lock. A row locked before a savepoint and updated after it needs a
     * multixact, which slows its readers. The transaction's end releases the savepoint.
     */
    public void begin() {
        if (!begun) {
            jdbc.execute(SAVEPOINT);
            begun = true;
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCompletion(int status) {
                    begun = false;
                }
            });
        }
    }

    /**
     * Writes after the savepoint of {@link #begin}. Throws failures other than a refusal.
     *
     * @return the refusal, with the write and all locks since the savepoint undone; empty on success
     */
    public Optional<Refusal> attempt(Runnable write) {
        try {
            write.run();
            return Optional.empty();
        } catch (DataAccessException | RefusedException failure) {
            Refusal refusal = failure instanceof RefusedException refused
                    ? refused.refusal()
                    : Refusal.in(failure).orElseThrow(() -> failure);
            jdbc.execute("rollback to savepoint host_write; " + RELEASE);
            return Optional.of(refusal);
        }
    }

    /** As {@link #attempt}, for one of several writes of locked rows, each with a savepoint, none nested. */
    public Optional<Refusal> attemptOneOfSeveral(Runnable write) {
        jdbc.execute(SAVEPOINT);
        Optional<Refusal> refusal = attempt(write);
        if (refusal.isEmpty()) {
            jdbc.execute(RELEASE);
        }
        return refusal;
    }

    /** Checks deferred constraints, for a write without a balance change. */
    public void checkConstraints() {
        jdbc.execute(CHECK_CONSTRAINTS);
    }

    /**
     * Changes balances and verifies them in one round trip. Call it in an {@link #attempt}.
     *
     * @param update SQL with three array parameters: user ids, before, after; returns id and credits
     */
    public void change(String update, List<BalanceChange> changes) {
        String sql = update + "; " + CHECK_CONSTRAINTS + (readsAgain() ? READ_AGAIN : "");
        jdbc.execute((ConnectionCallback<Boolean>) connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                Array userIds = array(connection, changes, BalanceChange::userId);
                statement.setArray(1, userIds);
                statement.setArray(2, array(connection, changes, BalanceChange::before));
                statement.setArray(3, array(connection, changes, BalanceChange::after));
                if (readsAgain()) {
                    statement.setArray(4, userIds);
                }
                boolean isRows = statement.execute();
                while (isRows || statement.getUpdateCount() != -1) {
                    if (isRows) {
                        compare(statement.getResultSet(), changes);
                    }
                    isRows = statement.getMoreResults();
                }
                return true;
            }
        });
    }

    private static void compare(ResultSet rows, List<BalanceChange> changes) throws SQLException {
        Map<Long, Long> balances = new HashMap<>();
        while (rows.next()) {
            balances.put(rows.getLong(1), rows.getLong(2));
        }
        for (BalanceChange change : changes) {
            Long balance = balances.get(change.userId());
            if (balance == null) {
                throw new RefusedException(new Refusal("the row was not updated"));
            }
            if (balance != change.after()) {
                throw new RefusedException(
                        new Refusal("the balance became " + balance + " instead of " + change.after()));
            }
        }
    }

    private boolean readsAgain() {
        if (readsAgain == null) {
            readsAgain = Objects.requireNonNull(jdbc.queryForObject(HAS_AFTER_TRIGGERS, Boolean.class));
        }
        return readsAgain;
    }

    private static Array array(Connection connection, List<BalanceChange> changes, Function<BalanceChange, Long> column)
            throws SQLException {
        // The driver sends Long[] as binary, Object[] as quoted text.
        return connection.createArrayOf("int8", changes.stream().map(column).toArray(Long[]::new));
    }

    /** Rolls a write back to its savepoint without a failed statement. */
    private static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Refusal refusal;

        RefusedException(Refusal refusal) {
            super(refusal.words(), null, false, false);
            this.refusal = refusal;
        }

        Refusal refusal() {
            return refusal;
        }
    }
}
