package io.creditrollover.webhook;

import io.creditrollover.config.WebhookType;
import java.util.List;

/**
 * Reads the rows of feed entries, for messages in batches. A further kind of rows is a bean of this type whose entries
 * are added with {@link Feed#append}.
 */
public interface RowSource {
    boolean reads(WebhookType type);

    /** Returns the name of the list in a message's data. */
    String listName(WebhookType type);

    /**
     * Returns rows of the entry in the order of their ids. A row never changes: a repetition has the same content.
     *
     * @param afterId rows have greater ids
     * @param lastId rows have ids up to this one
     */
    List<Row> rows(FeedEntry entry, long afterId, long lastId, int limit);

    /**
     * Returns whether a stored message may be sent again as it is. Otherwise the rows after {@code afterId} are read
     * again, for a message with a new id.
     */
    default boolean isCurrent(FeedEntry entry, long afterId, long lastId) {
        return true;
    }

    /** Returns whether entries of this type wait at present. Other types are sent meanwhile. */
    default boolean waits(WebhookType type) {
        return false;
    }

    /** Is called in the transaction that moves an endpoint's cursor, after it accepted these rows. */
    default void accepted(FeedEntry entry, long afterId, long lastId) {}

    /** A row as JSON. */
    record Row(long id, String json) {}
}
