package io.creditrollover.rollover;

import io.creditrollover.decision.ReasonCode;
import io.creditrollover.decision.RolloverDecision;
import io.creditrollover.exit.ExitException;
import io.creditrollover.host.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Decides the remaining users: rows locked by the host, pending payments, late arrivals, refused chunks. Locks, reads
 * payments, decides and writes in chunks, as partitions do. Waits without an open transaction. Needs no restart
 * position: events and skips show the finished users.
 *
 * <p>Decides a refused chunk in halves, each in its own transaction, down to single users: the result of one-by-one
 * decisions in far fewer transactions. Skips refused users at the end, once their number is known to be within the
 * limit. Not thread-safe; for one sweep.
 */
public final class Sweep {
    static final String WORK = "sweep";

    private static final Duration POLL = Duration.ofMillis(500);

    /**
     * @param chunkSize users per transaction
     * @param busyWait maximum wait for rows locked by the host
     * @param maxRefused maximum of refused users in a run; above it the run stops
     */
    record Limits(int chunkSize, Duration busyWait, long maxRefused) {}

    private final RunContext order;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final CandidateSource source;
    private final DecisionWriter writer;
    private final Limits limits;
    private final RefusedUsers refused;

    Sweep(
            RunContext order,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            CandidateSource source,
            DecisionWriter writer,
            Limits limits) {
        this.order = order;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.source = source;
        this.writer = writer;
        this.limits = limits;
        this.refused = new RefusedUsers(jdbc, order.runId(), limits.maxRefused());
    }

    /**
     * Sweeps until no user is left, or until the host keeps the remaining rows locked beyond the maximum wait.
     *
     * @param leftOver ids left by the partitions or an earlier sweep
     * @param last whether to skip users with locked rows
     * @throws JobInterruptedException on a stop request; decisions remain
     * @throws ExitException (exit code 65) if too many users are refused; nothing is written for them
     */
    public void run(Collection<Long> leftOver, boolean last) throws JobInterruptedException, InterruptedException {
        Set<Long> left = new TreeSet<>(leftOver);
        long busyUntil = System.nanoTime() + limits.busyWait().toNanos();
        boolean again = !left.isEmpty();
        while (again) {
            boolean busyWaitIsOver = System.nanoTime() >= busyUntil;
            boolean hasPending = pass(left);
            refused.requireFew();
            left.retainAll(holdingCredits(left));
            again = !left.isEmpty() && (hasPending || !busyWaitIsOver);
            if (again && order.signal().pause(POLL)) {
                throw new JobInterruptedException("asked to stop");
            }
        }
        skipRefused();
        if (last && !left.isEmpty()) {
            skipBusy(left);
        }
    }

    /** Removes decided users from {@code left}. Returns whether a payment is pending. */
    private boolean pass(Set<Long> left) throws JobInterruptedException {
        boolean hasPending = false;
        for (List<Long> ids : inChunks(left)) {
            hasPending |= decide(ids, left);
            refused.requireNotHopeless();
        }
        return hasPending;
    }

    /** As {@link #pass}, for one chunk at most. */
    private boolean decide(List<Long> ids, Set<Long> left) throws JobInterruptedException {
        if (order.signal().isRequested()) {
            throw new JobInterruptedException("asked to stop");
        }
        Written written = chunk(ids);
        boolean hasPending = !written.batch().postponed().isEmpty();
        written.batch().skipped().forEach(user -> left.remove(user.userId()));
        List<Long> decided = written.batch().decisions().stream()
                .map(RolloverDecision::userId)
                .toList();
        Refusal refusal = written.refusal().orElse(null);
        if (refusal == null) {
            decided.forEach(left::remove);
        } else if (decided.size() == 1) {
            refused.add(decided.get(0), refusal);
            left.remove(decided.get(0));
        } else {
            int half = decided.size() / 2;
            hasPending |= decide(decided.subList(0, half), left);
            hasPending |= decide(decided.subList(half, decided.size()), left);
        }
        return hasPending;
    }

    private record Written(DecisionBatch batch, Optional<Refusal> refusal) {}

    private Written chunk(List<Long> ids) {
        CandidateProcessor processor = new CandidateProcessor(order.policy());
        return transaction.execute(status -> {
            order.guard().lockTokenForChunk();
            writer.begin();
            DecisionBatch batch = new DecisionBatch(
                    source.unaccounted(ids).stream().map(processor::process).toList());
            return new Written(batch, batch.isEmpty() ? Optional.empty() : writer.write(batch));
        });
    }

    private List<List<Long>> inChunks(Collection<Long> users) {
        List<Long> ids = new ArrayList<>(users);
        List<List<Long>> chunks = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += limits.chunkSize()) {
            chunks.add(ids.subList(from, Math.min(ids.size(), from + limits.chunkSize())));
        }
        return chunks;
    }

    /** Users may have spent all credits or been deleted since. */
    private Collection<Long> holdingCredits(Collection<Long> ids) {
        return jdbc.sql("select id from users where id = any(:ids::bigint[]) and credits > 0")
                .param("ids", new SqlArrayValue("int8", ids.toArray()))
                .query(Long.class)
                .set();
    }

    private void skipRefused() {
        for (List<Long> ids : inChunks(refused.ids())) {
            transaction.executeWithoutResult(status -> {
                order.guard().lockToken();
                Skips.addAndCount(jdbc, order.runId(), WORK, refused.asSkips(holdingCredits(ids)));
            });
        }
    }

    private void skipBusy(Collection<Long> ids) {
        transaction.executeWithoutResult(status -> {
            order.guard().lockToken();
            UndecidedUsers.skip(
                    jdbc,
                    order,
                    ids,
                    WORK,
                    ReasonCode.ROW_BUSY,
                    "The application locked the user's row during every sweep.");
        });
    }
}
