package io.creditrollover.notify;

import io.creditrollover.run.RunStatus;
import java.util.Optional;

/** How an attempt ended, in the one word that a mail's subject has for it. */
public enum MailOutcome {
    OK,
    BLOCKED,
    FAILED;

    /** Returns the word for a status; empty for one that is no end of an attempt. */
    static Optional<MailOutcome> of(RunStatus status) {
        return switch (status) {
            case COMPLETED -> Optional.of(OK);
            case BLOCKED -> Optional.of(BLOCKED);
            case FAILED, STOPPED -> Optional.of(FAILED);
            case RUNNING, UNDONE, DISABLED -> Optional.empty();
        };
    }
}
