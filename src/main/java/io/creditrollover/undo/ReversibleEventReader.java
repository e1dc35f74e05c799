package io.creditrollover.undo;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Reads and reviews pages in the chunk's transaction, one item per event. Locks only the users to change, and reviews them
 * again under the lock. Clears the page when the transaction ends, because it holds these locks. Not thread-safe.
 */
public final class ReversibleEventReader implements ItemStreamReader<Reviewed> {
    private static final String POSITION = "taken.lastEventId";

    private final JdbcClient jdbc;
    private final UndoContext order;
    private final int pageSize;
    private final Deque<Reviewed> page = new ArrayDeque<>();
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
    public @Nullable Reviewed read() {
        if (page.isEmpty()) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCompletion(int status) {
                    page.clear();
                }
            });
            order.guard().lockTokenForChunk();
            readPage();
        }
        Reviewed next = page.poll();
        if (next != null) {
            lastEventId = next.event().eventId();
        }
        return next;
    }

    private void readPage() {
        List<ReversibleEvent> events =
                ReversibleEvents.page(jdbc, order.scope(), order.busy().ofThisPass(), lastEventId, pageSize);
        List<Reviewed> first = order.review().of(events).stream()
                .filter(reviewed -> !reviewed.isNothing())
                .toList();
        Map<Long, Reviewed> again = underLock(first);
        for (ReversibleEvent event : events) {
            page.add(again.getOrDefault(event.eventId(), Reviewed.nothing(event)));
        }
        first.stream()
                .map(Reviewed::event)
                .filter(event -> !again.containsKey(event.eventId()))
                .forEach(order.busy()::add);
    }

    private Map<Long, Reviewed> underLock(List<Reviewed> first) {
        Map<Long, Reviewed> again = new HashMap<>();
        if (!first.isEmpty()) {
            List<ReversibleEvent> locked = ReversibleEvents.lock(
                    jdbc,
                    order.scope(),
                    first.stream().map(r -> r.event().eventId()).toList());
            order.review().of(locked).forEach(r -> again.put(r.event().eventId(), r));
        }
        return again;
    }

    @Override
    public void update(ExecutionContext context) {
        context.putLong(POSITION, lastEventId);
    }
}
