package io.creditrollover.lease;

import java.time.Duration;

/**
 * How long a transaction may wait for a lock, work on a statement and sleep. Together less than half a lease, so that the
 * rows of a frozen process are free again before anybody takes over.
 *
 * @param socketMillis how long an answer of the server may take to arrive; more than the server itself allows
 */
record TransactionTimeouts(long lockMillis, long statementMillis, long idleMillis, long socketMillis) {
    private static final int LONG_READ = 150;
    private static final int TRANSACTION_TIMEOUT_SINCE = 17;

    static TransactionTimeouts of(Duration lease) {
        long millis = lease.toMillis();
        return new TransactionTimeouts(
                Math.max(1, millis / 20), Math.max(1, millis / 5), Math.max(1, millis / 5), Math.max(1, millis / 2));
    }

    /** Holds no lock that anybody waits for; with the default lease half an hour. */
    TransactionTimeouts forLongReads() {
        long millis = statementMillis * LONG_READ;
        return new TransactionTimeouts(lockMillis, millis, idleMillis, millis + socketMillis);
    }

    /**
     * Utility statements, so that the transaction's isolation can still be chosen after them. With them goes what must not
     * depend on the role or the database: a hidden row is an error, and null in an array is null.
     *
     * @param major the server's version; 17 brought a timeout of the whole transaction
     */
    String toSql(int major) {
        return "set local lock_timeout = " + lockMillis + "; set local statement_timeout = " + statementMillis
                + "; set local idle_in_transaction_session_timeout = " + idleMillis
                + "; set local row_security = off; set local array_nulls = on"
                + (major >= TRANSACTION_TIMEOUT_SINCE ? "; set local transaction_timeout = 0" : "");
    }
}
