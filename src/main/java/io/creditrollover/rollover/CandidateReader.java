package io.creditrollover.rollover;

import io.creditrollover.host.HostWrite;
import io.creditrollover.rollover.KeyRange.Parity;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Reads the users of a partition by id, a page at a time, in the chunk's transaction. Clears the page when the
 * transaction ends: its locks are gone and its payments stale, so the next chunk reads again. The restart position is
 * the last id returned, saved in the chunk's transaction; an offset would shift as users leave the scope.
 *
 * <p>Reads even ids first, then odd ones, so that second-pass updates find room in their page (HOT, no index entry).
 * Not thread-safe.
 */
public final class CandidateReader implements ItemStreamReader<Candidate> {
    private static final String POSITION = "candidate.lastUserId";
    private static final String HALF = "candidate.half";

    private final RunContext order;
    private final CandidateSource source;
    private final HostWrite host;
    private final KeyRange range;
    private final int pageSize;
    private final Deque<Candidate> page = new ArrayDeque<>();
    private KeyRange rest;

    CandidateReader(RunContext order, CandidateSource source, HostWrite host, KeyRange range, int pageSize) {
        this.order = order;
        this.source = source;
        this.host = host;
        this.range = range;
        this.rest = range.only(Parity.EVEN);
        this.pageSize = pageSize;
    }

    @Override
    public void open(ExecutionContext context) {
        if (context.containsKey(POSITION)) {
            rest = range.only(Parity.valueOf(context.getString(HALF))).above(KeyRange.number(context, POSITION));
        }
    }

    /** Returns null at the end. Needs the chunk's transaction. */
    @Override
    public @Nullable Candidate read() {
        if (page.isEmpty()) {
            readPage();
        }
        if (page.isEmpty() && rest.half() == Parity.EVEN) {
            rest = range.only(Parity.ODD);
            readPage();
        }
        Candidate next = page.poll();
        if (next != null) {
            rest = rest.above(next.userId());
        }
        return next;
    }

    private void readPage() {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                page.clear();
            }
        });
        order.guard().lockTokenForChunk();
        if (!order.dryRun()) {
            host.begin();
        }
        page.addAll(source.page(rest, pageSize));
    }

    @Override
    public void update(ExecutionContext context) {
        context.putLong(POSITION, rest.after());
        context.putString(HALF, rest.half().name());
    }
}
