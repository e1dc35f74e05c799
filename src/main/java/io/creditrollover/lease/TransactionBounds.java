package io.creditrollover.lease;

import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How long a transaction that holds the token or a user's row may wait, work and sleep. Together less than half a lease,
 * so that the rows of a frozen process are free again before anybody takes over. Set for the transaction only, since
 * behind a pooler the session belongs to others too.
 */
record TransactionBounds(long lockMillis, long statementMillis, long idleMillis) {
    /** Sets the bounds for the rest of the transaction. */
    static final String SET = """
            select set_config('lock_timeout', :lock, true) as lock_timeout,
                   set_config('statement_timeout', :statement, true),
                   set_config('idle_in_transaction_session_timeout', :idle, true)
            """;

    static TransactionBounds of(Duration lease) {
        long millis = lease.toMillis();
        return new TransactionBounds(Math.max(1, millis / 20), Math.max(1, millis / 5), Math.max(1, millis / 5));
    }

    void apply(JdbcClient jdbc) {
        bind(jdbc.sql(SET)).query().singleRow();
    }

    /** Binds what {@link #SET} needs. */
    JdbcClient.StatementSpec bind(JdbcClient.StatementSpec statement) {
        return statement
                .param("lock", lockMillis + "ms")
                .param("statement", statementMillis + "ms")
                .param("idle", idleMillis + "ms");
    }
}
