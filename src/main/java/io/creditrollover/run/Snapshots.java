package io.creditrollover.run;

import io.creditrollover.lease.BoundedTransactionManager;
import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Long reads: each in one transaction that PostgreSQL holds READ ONLY and REPEATABLE READ, bounded on its own, holding
 * no lock anybody waits for. Everything is set for the transaction, nothing for the session.
 */
@Component
public class Snapshots {
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    Snapshots(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.transaction = BoundedTransactionManager.forLongReads(transactions);
    }

    /** Returns what {@code work} returns; it may read as often as it likes and sees one moment. */
    public <T> T read(Supplier<T> work) {
        return Objects.requireNonNull(transaction.execute(status -> {
            jdbc.sql("set transaction isolation level repeatable read, read only")
                    .update();
            // Their plans look dear and are quick: compiling them takes longer than it saves.
            jdbc.sql("set local jit = off").update();
            return work.get();
        }));
    }
}
