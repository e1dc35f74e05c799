package io.creditrollover.notify;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A mail that is to be sent, claimed by this process for a while.
 *
 * @param message why the attempt did not complete; null where it did
 * @param messageId the Message-ID, the same at each try
 * @param createdAt when the attempt ended
 */
record PendingMail(
        long id,
        long runId,
        MailOutcome outcome,
        @Nullable String message,
        String recipient,
        String messageId,
        Instant createdAt) {}
