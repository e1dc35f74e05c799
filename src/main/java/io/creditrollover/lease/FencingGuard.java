package io.creditrollover.lease;

import org.springframework.jdbc.core.simple.JdbcClient;

/** What each writing transaction of a lease's holder begins with. Safe for use by several threads. */
public final class FencingGuard {
    private final JdbcClient jdbc;
    private final FencingToken token;
    private final Runnable further;

    FencingGuard(JdbcClient jdbc, FencingToken token) {
        this(jdbc, token, () -> {});
    }

    private FencingGuard(JdbcClient jdbc, FencingToken token, Runnable further) {
        this.jdbc = jdbc;
        this.token = token;
        this.further = further;
    }

    /** Returns a guard that locks the token and then does {@code next} in the same transaction, which may refuse. */
    public FencingGuard withCheck(Runnable next) {
        return new FencingGuard(jdbc, token, next);
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
    public void lockToken() {
        lockToken("t.token");
    }

    /**
     * As {@link #lockToken}, for a chunk, which carries its own restart position: its commit does not wait for the disk. If the
     * database crashes, the last few chunks may be lost, each of them whole and none without those after it; whoever
     * goes on finds the position before them. What is committed later, such as the host's next payment or the word that
     * the run is complete, makes them durable with itself.
     *
     * @throws LeaseLostException when another holder has taken over
     */
    public void lockTokenForChunk() {
        lockToken("t.token, set_config('synchronous_commit', 'off', true)");
    }

    private void lockToken(String columns) {
        boolean inForce = jdbc.sql("""
                        select %s from credit_rollover_tokens t
                        where t.name = :name and t.token = :value
                          and exists (select from credit_rollover_leases l where l.name = t.name and l.token = t.token)
                        for share of t
                        """.formatted(columns))
                .param("name", token.name())
                .param("value", token.value())
                .query((rs, row) -> rs.getLong("token"))
                .optional()
                .isPresent();
        if (!inForce) {
            throw new LeaseLostException(token);
        }
        further.run();
    }
}
