package io.creditrollover.lease;

import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What each writing transaction of a lease's holder begins with. Safe for use by several threads. */
public final class ChunkGuard {
    private final JdbcClient jdbc;
    private final FencingToken token;
    private final TransactionBounds bounds;

    ChunkGuard(JdbcClient jdbc, FencingToken token, Duration lease) {
        this.jdbc = jdbc;
        this.token = token;
        this.bounds = TransactionBounds.of(lease);
    }

    /**
     * Bounds the current transaction and locks the token until it ends, so that nobody takes over in between. The lease
     * row is only read: a holder who lost it can begin nothing new, and the taker waits for one chunk at the most. One round
     * trip: rows are locked after everything they are joined with is computed, so the bounds hold for that wait already.
     *
     * @throws LeaseLostException when another holder has taken over
     */
    public void enter() {
        boolean inForce = bounds.bind(jdbc.sql("""
                                with bounds as materialized (%s)
                                select t.token from bounds, credit_rollover_tokens t
                                where bounds.lock_timeout is not null and t.name = :name and t.token = :value
                                  and exists (select from credit_rollover_leases l
                                              where l.name = t.name and l.token = t.token)
                                for share of t
                                """.formatted(TransactionBounds.SET)))
                .param("name", token.name())
                .param("value", token.value())
                .query(Long.class)
                .optional()
                .isPresent();
        if (!inForce) {
            throw new LeaseLostException(token);
        }
    }
}
