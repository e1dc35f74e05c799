package io.creditrollover.webhook;

import io.creditrollover.config.WebhookType;
import io.creditrollover.lease.TimeoutTransactionManager;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Where the events of an entry begin. Found by the first reader, and stored: an index for it would cost each event of a
 * run.
 */
@Component
class EntryBounds {
    /** The sum keeps the planner from reading all earlier months by the primary key. */
    private static final String FIRST = """
            select coalesce(min(id + 0), :lastId + 1) - 1 from credit_rollover_events where run_id = :runId and
            """;

    private final JdbcClient jdbc;
    private final Feed feed;
    private final TransactionTemplate longRead;

    EntryBounds(JdbcClient jdbc, Feed feed, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.feed = feed;
        this.longRead = TimeoutTransactionManager.forLongReads(transactions);
    }

    long afterId(FeedEntry entry) {
        if (entry.afterId() != null) {
            return entry.afterId();
        }
        long afterId = first(entry);
        feed.keepAfterId(entry, afterId);
        return afterId;
    }

    private long first(FeedEntry entry) {
        String condition =
                entry.type() == WebhookType.DECISIONS ? "action in ('rollover', 'expiry')" : "reverses is not null";
        return Objects.requireNonNull(longRead.execute(status -> jdbc.sql(FIRST + condition)
                .param("runId", entry.runId())
                .param("lastId", Objects.requireNonNull(entry.lastId()))
                .query(Long.class)
                .single()));
    }
}
