package io.creditrollover.notify;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An unsent mail, claimed for a limited time.
 *
 * @param message why the attempt did not complete; null if it did
 * @param limitExceeded whether a safety limit ended the attempt
 * @param createdAt end of the attempt
 */
record PendingMail(
        long id,
        long runId,
        MailOutcome outcome,
        @Nullable String message,
        boolean limitExceeded,
        String recipient,
        String messageId,
        Instant createdAt) {}
