package io.creditrollover.lease;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Fences each writing transaction of a lease holder. Thread-safe. */
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

    /** Returns a guard that also runs {@code next} in the transaction; {@code next} may throw. */
    public FencingGuard withCheck(Runnable next) {
        return new FencingGuard(jdbc, token, next);
    }

    public FencingToken token() {
        return token;
    }

    JdbcClient jdbc() {
        return jdbc;
    }

    /**
     * Locks the token until the transaction ends, against a takeover. Only reads the lease row: a former holder cannot
     * start a chunk, and the next holder waits for one chunk at most.
     *
     * @throws LeaseLostException (exit code 75) after a takeover
     */
    public void lockToken() {
        lockToken("t.token");
    }

    /**
     * As {@link #lockToken}, but commits asynchronously. Safe: the chunk holds its own restart position, so a crash
     * loses only whole trailing chunks, and the run resumes before them. Any later synchronous commit (a host payment,
     * the run's completion) makes them durable.
     *
     * @throws LeaseLostException (exit code 75) after a takeover
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
