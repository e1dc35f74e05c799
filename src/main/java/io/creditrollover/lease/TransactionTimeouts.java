package io.creditrollover.lease;

import java.time.Duration;

/**
 * Timeouts of a transaction; together under half a lease, so that a frozen process loses its row locks before a
 * takeover.
 *
 * @param transactionMillis timeout of the whole transaction, where the server has one; 0 is none
 * @param socketMillis timeout for a response; greater than the server's timeouts
 */
record TransactionTimeouts(
        long lockMillis, long statementMillis, long idleMillis, long transactionMillis, long socketMillis) {
    private static final int LONG_READ = 150;
    private static final int TRANSACTION_TIMEOUT_SINCE = 17;

    static TransactionTimeouts of(Duration lease) {
        long millis = lease.toMillis();
        return new TransactionTimeouts(
                Math.max(1, millis / 20),
                Math.max(1, millis / 5),
                Math.max(1, millis / 5),
                millis,
                Math.max(1, millis / 2));
    }

    /** Long reads block nobody. Half an hour with the default lease. */
    TransactionTimeouts forLongReads() {
        long millis = statementMillis * LONG_READ;
        return new TransactionTimeouts(lockMillis, millis, idleMillis, 0, millis + socketMillis);
    }

    /**
     * Uses utility statements only: the isolation can still change after them. Also sets {@code row_security} (a hidden
     * row is an error) and {@code array_nulls}, whatever the defaults. Only transaction_timeout ends the
     * transaction of a process frozen while it sends a statement. A new value does not change a running one, so 0 ends it.
     *
     * @param major the server's version; 17 added transaction_timeout
     */
    String toSql(int major) {
        return "set local lock_timeout = " + lockMillis + "; set local statement_timeout = " + statementMillis
                + "; set local idle_in_transaction_session_timeout = " + idleMillis
                + "; set local row_security = off; set local array_nulls = on"
                + (major >= TRANSACTION_TIMEOUT_SINCE
                        ? "; set local transaction_timeout = 0; set local transaction_timeout = " + transactionMillis
                        : "");
    }
}
