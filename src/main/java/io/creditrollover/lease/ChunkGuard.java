package io.creditrollover.lease;

import org.springframework.jdbc.core.simple.JdbcClient;

/** What each writing transaction of a lease's holder begins with. Safe for use by several threads. */
public final class ChunkGuard {
    private final JdbcClient jdbc;
    private final FencingToken token;
    private final Runnable further;

    ChunkGuard(JdbcClient jdbc, FencingToken token) {
        this(jdbc, token, () -> {});
    }

    private ChunkGuard(JdbcClient jdbc, FencingToken token, Runnable further) {
        this.jdbc = jdbc;
        this.token = token;
        this.further = further;
    }

    /** Returns a guard that locks the token and then does {@code next} in the same transaction, which may refuse. */
    public ChunkGuard and(Runnable next) {
        return new ChunkGuard(jdbc, token, next);
    }

    /** Returns the token which this guard locks. */
    public FencingToken token() {
        return token;
    }

    JdbcClient jdbc() {
        return jdbc;
    }

    /**
     * Locks the token until the current transaction ends, so that nobody takes over in between. The lease
     * row is only read: a holder who lost it can begin nothing new, and the taker waits for one chunk at the most.
     *
     * @throws LeaseLostException when another holder has taken over
     */
    public void enter() {
        boolean inForce = jdbc.sql("""
                        select t.token from credit_rollover_tokens t
                        where t.name = :name and t.token = :value
                          and exists (select from credit_rollover_leases l where l.name = t.name and l.token = t.token)
                        for share of t
                        """)
                .param("name", token.name())
                .param("value", token.value())
                .query(Long.class)
                .optional()
                .isPresent();
        if (!inForce) {
            throw new LeaseLostException(token);
        }
        further.run();
    }
}
