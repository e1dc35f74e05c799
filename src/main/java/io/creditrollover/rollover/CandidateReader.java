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
 * Reads the users of one range by key, even ids before odd ones, a page at a time, inside the chunk's transaction. What a page still holds when the
 * transaction ends is forgotten, since its locks are gone and its picture of the payments is old: the next chunk reads
 * it again. The restart position is the last key handed out, saved with the chunk that wrote it; an offset would count
 * users who have left the scope meanwhile.
 *
 * <p>In halves, since neighbours share a page of the table. The new versions of the first half's rows go elsewhere and to
 * every index; the space which they leave lets those of the second half stay in their page, which needs no index entry.
 *
 * <p>Not safe for use by several threads: each range has its own.
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

    /** Goes on behind the last key that was committed. */
    @Override
    public void open(ExecutionContext context) {
        if (context.containsKey(POSITION)) {
            rest = range.only(Parity.valueOf(context.getString(HALF))).above(KeyRange.number(context, POSITION));
        }
    }

    /** Returns the next user, or null at the end of the range. Must be called in the chunk's transaction. */
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
