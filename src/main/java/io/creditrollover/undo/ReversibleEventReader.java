package io.creditrollover.undo;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Reads pages in the chunk's transaction. Clears the page when the transaction ends, because it holds the users' locks.
 * Not thread-safe.
 */
public final class ReversibleEventReader implements ItemStreamReader<ReversibleEvent> {
    private static final String POSITION = "taken.lastEventId";

    private final JdbcClient jdbc;
    private final UndoContext order;
    private final int pageSize;
    private final Deque<ReversibleEvent> page = new ArrayDeque<>();
    private long lastEventId;

    ReversibleEventReader(JdbcClient jdbc, UndoContext order, int pageSize) {
        this.jdbc = jdbc;
        this.order = order;
        this.pageSize = pageSize;
    }

    @Override
    public void open(ExecutionContext context) {
        lastEventId = context.getLong(POSITION, 0);
    }

    /** Returns null at the end. Needs the chunk's transaction. */
    @Override
    public @Nullable ReversibleEvent read() {
        if (page.isEmpty()) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCompletion(int status) {
                    page.clear();
                }
            });
            order.guard().lockTokenForChunk();
            page.addAll(ReversibleEvents.lock(jdbc, order, lastEventId, pageSize));
        }
        ReversibleEvent next = page.poll();
        if (next != null) {
            lastEventId = next.eventId();
        }
        return next;
    }

    @Override
    public void update(ExecutionContext context) {
        context.putLong(POSITION, lastEventId);
    }
}
