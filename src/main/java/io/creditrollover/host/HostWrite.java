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
 * Writes that the host's constraints and triggers may refuse, in the caller's transaction. A refused write is rolled back to
 * a savepoint; what the transaction did before the savepoint stays.
 *
 * <p>Deferred constraints are checked at the end of each write: at the commit they would take the whole chunk along.
 *
 * <p>Not safe for use by several threads.
 */
public final class HostWrite {
    private static final String SAVEPOINT = "savepoint host_write";
    private static final String RELEASE = "release savepoint host_write";
    private static final String CHECK_CONSTRAINTS = "set constraints all immediate";
    private static final String READ_AGAIN = "; select u.id, u.credits from users u where u.id = any(?)";

    /** Triggers that run after the update has returned its rows: of {@code users}, its partitions, and what is behind a view. */
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
     * Sets the savepoint of a transaction, once, before it locks rows: a row that is locked before a savepoint and updated
     * behind it needs a multixact, which slows down whoever reads the row. The end of the transaction releases it.
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
     * Writes behind the savepoint of {@link #begin}.
     *
     * @return why the host's database refuses the write; then nothing is left of it, and no lock taken since that savepoint
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

    /** As {@link #attempt}, for one of several writes of rows that are locked: each has a savepoint, and none is nested. */
    public Optional<Refusal> attemptOneOfSeveral(Runnable write) {
        jdbc.execute(SAVEPOINT);
        Optional<Refusal> refusal = attempt(write);
        if (refusal.isEmpty()) {
            jdbc.execute(RELEASE);
        }
        return refusal;
    }

    /** Checks deferred constraints, for a write that changes no balance. */
    public void checkConstraints() {
        jdbc.execute(CHECK_CONSTRAINTS);
    }

    /**
     * Changes balances and compares what they have become, in one round trip. To be called in an {@link #attempt}.
     *
     * @param update takes the columns of the changes as arrays, in their order: user ids, before, after; returns id and
     *     credits of the rows
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
                throw new RefusedException(new Refusal("the row was left as it was"));
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
        return connection.createArrayOf("int8", changes.stream().map(column).toArray());
    }
}
