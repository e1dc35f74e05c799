package io.creditrollover.lease;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The rows of leases and tokens. Uses the database's clock. Each statement is a transaction unless in one. */
final class LeaseTable {
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    LeaseTable(JdbcClient jdbc, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    record Row(String holder, long token, Instant renewedAt, boolean expired) {
        boolean renewedSince(Row earlier) {
            return token != earlier.token || renewedAt.isAfter(earlier.renewedAt);
        }
    }

    void create(String name) {
        jdbc.sql("""
                        insert into credit_rollover_leases (name, holder, token, renewed_at, expires_at)
                        values (:name, 'nobody', 0, '-infinity', '-infinity') on conflict do nothing
                        """).param("name", name).update();
        jdbc.sql("insert into credit_rollover_tokens (name, token) values (:name, 0) on conflict do nothing")
                .param("name", name)
                .update();
    }

    Optional<Row> read(String name) {
        return jdbc.sql("""
                        select holder, token, renewed_at, expires_at <= clock_timestamp() as expired
                        from credit_rollover_leases where name = :name
                        """)
                .param("name", name)
                .query((rs, row) -> new Row(
                        rs.getString("holder"),
                        rs.getLong("token"),
                        rs.getObject("renewed_at", OffsetDateTime.class).toInstant(),
                        rs.getBoolean("expired")))
                .optional();
    }

    Optional<Heartbeat> heartbeat(String name) {
        return jdbc.sql("""
                        select holder, expires_at > clock_timestamp() as alive,
                               case when isfinite(renewed_at)
                                    then extract(epoch from clock_timestamp() - renewed_at)::bigint end as age
                        from credit_rollover_leases where name = :name
                        """)
                .param("name", name)
                .query((rs, row) -> {
                    Long age = rs.getObject("age", Long.class);
                    return new Heartbeat(
                            rs.getBoolean("alive"),
                            age == null ? null : Duration.ofSeconds(Math.max(0, age)),
                            rs.getString("holder"));
                })
                .optional();
    }

    /** Recreates a removed row. */
    Row readOrCreate(String name) {
        return read(name).orElseGet(() -> {
            create(name);
            return read(name).orElseThrow();
        });
    }

    /**
     * Takes an expired lease; one of two concurrent callers succeeds. The new token exceeds the lease's and the one in
     * force, as they differ after the lease's row was removed or restored.
     */
    Optional<FencingToken> takeExpired(String name, String holder, Duration duration) {
        return jdbc.sql("""
                        update credit_rollover_leases
                        set holder = :holder,
                            token = greatest(token, coalesce((select t.token from credit_rollover_tokens t
                                                              where t.name = :name), 0)) + 1,
                            renewed_at = clock_timestamp(),
                            expires_at = clock_timestamp() + :seconds * interval '1 second'
                        where name = :name and expires_at <= clock_timestamp()
                        returning token
                        """)
                .param("holder", holder)
                .param("seconds", seconds(duration))
                .param("name", name)
                .query(Long.class)
                .optional()
                .map(value -> new FencingToken(name, value));
    }

    /** Puts the token in force; waits for a chunk with the previous one. */
    void enforce(FencingToken token) {
        jdbc.sql("update credit_rollover_tokens set token = :value where name = :name and token < :value")
                .param("value", token.value())
                .param("name", token.name())
                .update();
    }

    /**
     * Ends this role's sessions that have kept a token locked for longer; returns their number. Row locks cannot be
     * queried, but only a transaction that locks a token locks its table in these modes.
     */
    int endSessionsThatLockATokenLongerThan(Duration age) {
        return jdbc.sql("""
                        select count(*) filter (where pg_terminate_backend(a.pid)) from pg_stat_activity a
                        where a.datname = current_database() and a.usename = session_user
                          and a.xact_start < clock_timestamp() - :seconds * interval '1 second'
                          and exists (select from pg_locks l
                                      where l.pid = a.pid and l.relation = 'credit_rollover_tokens'::regclass
                                        and l.mode in ('RowShareLock', 'RowExclusiveLock') and l.granted)
                        """).param("seconds", seconds(age)).query(Integer.class).single();
    }

    /** Returns false after a takeover. Uses a transaction for its timeouts. */
    boolean renew(FencingToken token, Duration duration) {
        return Boolean.TRUE.equals(transaction.execute(status -> jdbc.sql("""
                                update credit_rollover_leases
                                set renewed_at = clock_timestamp(),
                                    expires_at = clock_timestamp() + :seconds * interval '1 second'
                                where name = :name and token = :value
                                """)
                        .param("seconds", seconds(duration))
                        .param("name", token.name())
                        .param("value", token.value())
                        .update()
                == 1));
    }

    void release(FencingToken token) {
        jdbc.sql("""
                        update credit_rollover_leases set holder = 'nobody', expires_at = '-infinity'
                        where name = :name and token = :value
                        """).param("name", token.name()).param("value", token.value()).update();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
