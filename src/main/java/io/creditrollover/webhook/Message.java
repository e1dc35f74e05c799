package io.creditrollover.webhook;

/**
 * A message with its content.
 *
 * @param id the header {@code webhook-id}
 * @param afterId its rows have greater ids; 0 without rows
 * @param lastId the id of its last row; 0 without rows
 * @param body the exact bytes, in UTF-8, that are signed and sent
 */
record Message(String id, FeedEntry entry, long afterId, long lastId, String body) {
    /** Returns the cursor after its acceptance. */
    Cursor cursorAfter() {
        return entry.lastId() == null ? Cursor.behind(entry.position()) : new Cursor(entry.position(), lastId);
    }
}
