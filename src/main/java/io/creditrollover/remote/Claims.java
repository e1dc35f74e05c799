package io.creditrollover.remote;

import io.creditrollover.lease.Leases;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The worker's side. Each call is a transaction, except {@link #requireInForce}. */
@Lazy
@Component
class Claims {
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    Claims(JdbcClient jdbc, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /** Claims a partition; empty if offered again since, or its run has ended. */
    Optional<Claim> take(long stepExecutionId, long number, String worker) {
        return Objects.requireNonNull(transaction.execute(status -> jdbc.sql("""
                                update credit_rollover_partitions p
                                set state = 'TAKEN', worker = :worker, seen_at = clock_timestamp()
                                from credit_rollover_leases l
                                where p.step_execution_id = :id and p.claim = :number and p.state = 'OFFERED'
                                  and l.name = :lease and l.token = p.token and l.expires_at > clock_timestamp()
                                returning p.step_execution_id, p.claim as number, p.run_id, p.token
                                """)
                .param("worker", worker)
                .param("id", stepExecutionId)
                .param("number", number)
                .param("lease", Leases.WRITER)
                .query(Claim.class)
                .optional()));
    }

    /** Returns a partition received but not claimed. */
    void decline(long stepExecutionId, long number) {
        transaction.executeWithoutResult(status -> jdbc.sql("""
                        update credit_rollover_partitions set state = 'RETURNED'
                        where step_execution_id = :id and claim = :number and state = 'OFFERED'
                        """)
                .param("id", stepExecutionId)
                .param("number", number)
                .update());
    }

    /** Heartbeat for all claims. */
    void renew(Collection<Claim> claims) {
        transaction.executeWithoutResult(status -> jdbc.sql("""
                        update credit_rollover_partitions p set seen_at = clock_timestamp()
                        from unnest(:ids::bigint[], :numbers::bigint[]) as c (id, number)
                        where p.step_execution_id = c.id and p.claim = c.number and p.state = 'TAKEN'
                        """)
                .param("ids", longs(claims, Claim::stepExecutionId))
                .param("numbers", longs(claims, Claim::number))
                .update());
    }

    /** Returns false if another worker has the partition. */
    boolean done(Claim claim) {
        return leave(claim, "DONE", null);
    }

    /** Returns a partition after its last committed chunk; {@code failure} is null for a stopping worker. */
    boolean giveBack(Claim claim, @Nullable String failure) {
        return leave(claim, "RETURNED", failure);
    }

    private boolean leave(Claim claim, String state, @Nullable String failure) {
        return Boolean.TRUE.equals(transaction.execute(status -> jdbc.sql("""
                                update credit_rollover_partitions
                                set state = :state, failure = :failure,
                                    failures = failures + case when :failure::text is null then 0 else 1 end
                                where step_execution_id = :id and claim = :number and state = 'TAKEN'
                                """)
                        .param("state", state)
                        .param("failure", failure)
                        .param("id", claim.stepExecutionId())
                        .param("number", claim.number())
                        .update()
                == 1));
    }

    /**
     * Locks the claim until the transaction ends, so no other worker gets the partition before its commit. Checks the
     * lease too: a released lease keeps its token.
     *
     * @throws ClaimLostException if another worker has the partition, or the lease is not renewed
     */
    void requireInForce(Claim claim) {
        boolean inForce = jdbc.sql("""
                        select c.claim from credit_rollover_claims c
                        where c.step_execution_id = :id and c.claim = :number
                          and exists (select from credit_rollover_leases l
                                      where l.name = :lease and l.token = :token and l.expires_at > clock_timestamp())
                        for share of c
                        """)
                .param("id", claim.stepExecutionId())
                .param("number", claim.number())
                .param("lease", Leases.WRITER)
                .param("token", claim.token())
                .query(Long.class)
                .optional()
                .isPresent();
        if (!inForce) {
            throw new ClaimLostException(claim);
        }
    }

    private static SqlArrayValue longs(Collection<Claim> claims, java.util.function.ToLongFunction<Claim> part) {
        return new SqlArrayValue("int8", claims.stream().mapToLong(part).boxed().toArray());
    }

    /** Another worker has the partition, or its run has ended. The current transaction rolls back. */
    static final class ClaimLostException extends RuntimeException {
        ClaimLostException(Claim claim) {
            super("partition " + claim.stepExecutionId() + " of run " + claim.runId()
                    + " is no longer claimed under number " + claim.number());
        }
    }
}
