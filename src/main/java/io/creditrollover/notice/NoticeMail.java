package io.creditrollover.notice;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A mail to one user, in two equal parts.
 *
 * @param unsubscribe for {@code List-Unsubscribe}; null for none
 */
record NoticeMail(
        long noticeId,
        UUID messageId,
        String address,
        String subject,
        String text,
        String html,
        @Nullable String unsubscribe) {
    /** Hides the address. */
    @Override
    public String toString() {
        return "NoticeMail[noticeId=" + noticeId + "]";
    }
}
