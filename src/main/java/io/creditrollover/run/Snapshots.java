package io.creditrollover.run;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Long reads: each in one transaction that PostgreSQL holds READ ONLY and REPEATABLE READ, bounded on its own, holding
 * no lock anybody waits for. Everything is set for the transaction, nothing for the session.
 */
@Component
class Snapshots {
    private static final Duration BOUND = Duration.ofMinutes(30);

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    Snapshots(JdbcClient jdbc, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    <T> T read(Supplier<T> work) {
        return Objects.requireNonNull(transaction.execute(status -> {
            jdbc.sql("set transaction isolation level repeatable read, read only")
                    .update();
            // Their plans look dear and are quick: compiling them takes longer than it saves.
            jdbc.sql("select set_config('statement_timeout', :bound, true), set_config('jit', 'off', true)")
                    .param("bound", BOUND.toMillis() + "ms")
                    .query()
                    .singleRow();
            return work.get();
        }));
    }
}
