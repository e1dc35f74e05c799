package io.creditrollover.rollover;

import io.creditrollover.decision.ReasonCode;
import io.creditrollover.decision.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Decides the users whom the ranges left over: rows the host held, users whose money is under way, users who came into
 * scope since. It goes the same road (lock, read payments, decide, write) in chunks, and between them waits with no
 * transaction open. Needs no restart position: who is accounted for stands in the events and skips.
 */
public final class Sweep {
    private static final Duration POLL = Duration.ofMillis(500);

    private final RolloverOrder order;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final CandidateSource source;
    private final EventCopy events;
    private final SweepLimits limits;

    Sweep(
            RolloverOrder order,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            CandidateSource source,
            EventCopy events,
            SweepLimits limits) {
        this.order = order;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.source = source;
        this.events = events;
        this.limits = limits;
    }

    /**
     * Sweeps once: until nobody is left, or those who are left are held by the host for longer than a sweep waits.
     *
     * @param leftOver ids of users whom the ranges, or an earlier sweep, left over
     * @param work the name under which it is counted
     * @param last whether users whose rows are still held are set aside at the end
     * @throws JobInterruptedException when asked to stop; what was decided stays decided
     */
    public void run(Collection<Long> leftOver, String work, boolean last)
            throws JobInterruptedException, InterruptedException {
        Set<Long> left = new TreeSet<>(leftOver);
        long busyUntil = System.nanoTime() + limits.busyWait().toNanos();
        boolean goOn = !left.isEmpty();
        while (goOn) {
            boolean busyWaitIsOver = System.nanoTime() >= busyUntil;
            boolean moneyUnderWay = pass(left, work);
            left.retainAll(holdingCredits(left));
            goOn = !left.isEmpty() && (moneyUnderWay || !busyWaitIsOver);
            if (goOn && order.signal().pause(POLL)) {
                throw new JobInterruptedException("asked to stop");
            }
        }
        if (last && !left.isEmpty()) {
            setAsideBusy(left, work);
        }
    }

    /** Decides whom it can and takes them out of {@code left}; returns whether anybody's money is under way. */
    private boolean pass(Set<Long> left, String work) throws JobInterruptedException {
        boolean moneyUnderWay = false;
        List<Long> ids = new ArrayList<>(left);
        for (int from = 0; from < ids.size(); from += limits.chunkSize()) {
            if (order.signal().isRequested()) {
                throw new JobInterruptedException("asked to stop");
            }
            for (Decided decided : chunk(ids.subList(from, Math.min(ids.size(), from + limits.chunkSize())), work)) {
                boolean waits = decided.verdict() instanceof Verdict.Wait;
                moneyUnderWay |= waits;
                if (!waits) {
                    left.remove(decided.verdict().userId());
                }
            }
        }
        return moneyUnderWay;
    }

    private List<Decided> chunk(List<Long> ids, String work) {
        CandidateProcessor processor = new CandidateProcessor(order.policy());
        return transaction.execute(status -> {
            order.guard().enterChunk();
            List<Decided> decided =
                    source.unaccounted(ids).stream().map(processor::process).toList();
            if (!decided.isEmpty()) {
                new DecisionWriter(jdbc, events, order, work).write(new Chunk<>(decided));
            }
            return decided;
        });
    }

    /** Those who spent everything meanwhile, or were deleted, are no longer waited for. */
    private Collection<Long> holdingCredits(Collection<Long> ids) {
        return jdbc.sql("select id from users where id = any(:ids::bigint[]) and credits > 0")
                .param("ids", new SqlArrayValue("int8", ids.toArray()))
                .query(Long.class)
                .set();
    }

    private void setAsideBusy(Collection<Long> ids, String work) {
        transaction.executeWithoutResult(status -> {
            order.guard().enter();
            Unaccounted.setAside(
                    jdbc,
                    order,
                    ids,
                    work,
                    ReasonCode.ROW_BUSY,
                    "The application held the user's row through every sweep.");
        });
    }
}
