package io.creditrollover.remote;

import io.creditrollover.lease.FencingGuard;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The manager's side: offers the partitions of one attempt. Each change is a transaction with the fencing token locked
 * first; its message leaves at commit.
 */
final class Offers {
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final PartitionChannel channel;
    private final FencingGuard guard;

    Offers(JdbcClient jdbc, TransactionTemplate transaction, PartitionChannel channel, FencingGuard guard) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.channel = channel;
        this.guard = guard;
    }

    enum State {
        OFFERED,
        TAKEN,
        RETURNED,
        DONE,
        CLOSED
    }

    /**
     * @param worker current or last one; null for none
     * @param silent whether a heartbeat or claim is overdue
     * @param failures failed workers
     * @param failure cause of the last failure; null for none
     */
    record Offered(
            long stepExecutionId,
            long claim,
            State state,
            @Nullable String worker,
            boolean silent,
            int failures,
            @Nullable String failure) {}

    void open(long runId, Collection<Long> stepExecutionIds) {
        transaction.executeWithoutResult(status -> {
            guard.lockToken();
            for (long id : stepExecutionIds) {
                jdbc.sql("insert into credit_rollover_claims (step_execution_id, claim) values (:id, 1)")
                        .param("id", id)
                        .update();
                jdbc.sql("""
                                insert into credit_rollover_partitions (step_execution_id, run_id, token, claim, state)
                                values (:id, :runId, :token, 1, 'OFFERED')
                                """)
                        .param("id", id)
                        .param("runId", runId)
                        .param("token", guard.token().value())
                        .update();
                channel.send(id, 1);
            }
        });
    }

    /** {@code silence} sets {@link Offered#silent}. */
    List<Offered> look(Duration silence) {
        return jdbc.sql("""
                        select step_execution_id, claim, state, worker, failures, failure,
                               (case state when 'TAKEN' then seen_at else offered_at end)
                                   < clock_timestamp() - :seconds * interval '1 second' as silent
                        from credit_rollover_partitions where token = :token
                        order by step_execution_id
                        """)
                .param("seconds", silence.toMillis() / 1000.0)
                .param("token", guard.token().value())
                .query(Offered.class)
                .list();
    }

    boolean allReceived() {
        return channel.isEmpty();
    }

    /** Offers a partition under the next number; waits for the open chunk. */
    void reoffer(Offered range) {
        transaction.executeWithoutResult(status -> {
            guard.lockToken();
            if (withdraw(range, State.OFFERED)) {
                channel.send(range.stepExecutionId(), range.claim() + 1);
            } else {
                status.setRollbackOnly();
            }
        });
    }

    /** Withdraws a partition for good; waits for the open chunk. */
    void close(Offered range) {
        transaction.executeWithoutResult(status -> {
            guard.lockToken();
            if (!withdraw(range, State.CLOSED)) {
                status.setRollbackOnly();
            }
        });
    }

    /** Returns false if the worker has just marked it as done. */
    private boolean withdraw(Offered range, State next) {
        jdbc.sql("""
                        update credit_rollover_claims set claim = claim + 1
                        where step_execution_id = :id and claim = :claim
                        """)
                .param("id", range.stepExecutionId())
                .param("claim", range.claim())
                .update();
        return jdbc.sql("""
                                update credit_rollover_partitions
                                set claim = claim + 1, state = :next, offered_at = clock_timestamp()
                                where step_execution_id = :id and claim = :claim and state <> 'DONE'
                                """)
                        .param("next", next.name())
                        .param("id", range.stepExecutionId())
                        .param("claim", range.claim())
                        .update()
                == 1;
    }
}
