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
 * Decides the users whom the ranges left over: rows the host held, users whose money is under way, users who came into
 * scope since, chunks which the host's database refused. It goes the same road (lock, read payments, decide, write) in
 * chunks, and between them waits with no transaction open. Needs no restart position: who is accounted for stands in the
 * events and skips.
 *
 * <p>A refused chunk is decided in halves, each in a transaction of its own, down to single users: the result is that of one
 * by one, in far fewer transactions. Who is refused alone is skipped when the sweep ends, and not before the number of
 * all of them is known to be within the limit. Not safe for use by several threads; made for one sweep.
 */
public final class Sweep {
    /** The name under which sweeps count. */
    static final String WORK = "sweep";

    private static final Duration POLL = Duration.ofMillis(500);

    private final RunContext order;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final CandidateSource source;
    private final DecisionWriter writer;
    private final SweepLimits limits;
    private final RefusedUsers refused;

    Sweep(
            RunContext order,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            CandidateSource source,
            DecisionWriter writer,
            SweepLimits limits) {
        this.order = order;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.source = source;
        this.writer = writer;
        this.limits = limits;
        this.refused = new RefusedUsers(jdbc, order.runId(), limits.maxRefused());
    }

    /**
     * Sweeps once: until nobody is left, or those who are left are held by the host for longer than a sweep waits.
     *
     * @param leftOver ids of users whom the ranges, or an earlier sweep, left over
     * @param last whether users whose rows are still held are set aside at the end
     * @throws JobInterruptedException when asked to stop; what was decided stays decided
     * @throws ExitException 65 when the host's database refuses too many users, of whom nothing is written then
     */
    public void run(Collection<Long> leftOver, boolean last) throws JobInterruptedException, InterruptedException {
        Set<Long> left = new TreeSet<>(leftOver);
        long busyUntil = System.nanoTime() + limits.busyWait().toNanos();
        boolean goOn = !left.isEmpty();
        while (goOn) {
            boolean busyWaitIsOver = System.nanoTime() >= busyUntil;
            boolean moneyUnderWay = pass(left);
            refused.requireFew();
            left.retainAll(holdingCredits(left));
            goOn = !left.isEmpty() && (moneyUnderWay || !busyWaitIsOver);
            if (goOn && order.signal().pause(POLL)) {
                throw new JobInterruptedException("asked to stop");
            }
        }
        skipRefused();
        if (last && !left.isEmpty()) {
            skipBusy(left);
        }
    }

    /** Decides whom it can and takes them out of {@code left}; returns whether anybody's money is under way. */
    private boolean pass(Set<Long> left) throws JobInterruptedException {
        boolean moneyUnderWay = false;
        for (List<Long> ids : inChunks(left)) {
            moneyUnderWay |= decide(ids, left);
            refused.requireNotHopeless();
        }
        return moneyUnderWay;
    }

    /** As {@link #pass}, of users who are no more than a chunk. */
    private boolean decide(List<Long> ids, Set<Long> left) throws JobInterruptedException {
        if (order.signal().isRequested()) {
            throw new JobInterruptedException("asked to stop");
        }
        Written written = chunk(ids);
        boolean moneyUnderWay = !written.batch().waits().isEmpty();
        written.batch().setAside().forEach(user -> left.remove(user.userId()));
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
            moneyUnderWay |= decide(decided.subList(0, half), left);
            moneyUnderWay |= decide(decided.subList(half, decided.size()), left);
        }
        return moneyUnderWay;
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

    /** Those who spent everything meanwhile, or were deleted, are no longer waited for. */
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
            UndecidedUsers.setAside(
                    jdbc,
                    order,
                    ids,
                    WORK,
                    ReasonCode.ROW_BUSY,
                    "The application held the user's row through every sweep.");
        });
    }
}
