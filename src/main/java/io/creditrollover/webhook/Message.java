package io.creditrollover.webhook;

import io.creditrollover.config.WebhookType;
import java.util.Set;

/**
 * A message with its content.
 *
 * @param id the header {@code webhook-id}
 * @param afterId its rows have greater ids; 0 without rows
 * @param lastId the id of its last row; 0 without rows
 * @param body the exact bytes, in UTF-8, that are signed and sent
 * @param overtaken types that wait: their entries before this one must be postponed when it is stored
 */
record Message(String id, FeedEntry entry, long afterId, long lastId, String body, Set<WebhookType> overtaken) {
    /** Returns the cursor after its acceptance. */
    Cursor cursorAfter() {
        return entry.lastId() == null ? Cursor.behind(entry.position()) : new Cursor(entry.position(), lastId);
    }
}
