package io.creditrollover.notify;

import io.creditrollover.run.RunStatus;
import java.util.Optional;

/** End of an attempt. */
public enum MailOutcome {
    OK,
    BLOCKED,
    FAILED;

    /** Returns the outcome for a status; empty if the status does not end an attempt. */
    static Optional<MailOutcome> of(RunStatus status) {
        return switch (status) {
            case COMPLETED -> Optional.of(OK);
            case BLOCKED -> Optional.of(BLOCKED);
            case FAILED, STOPPED -> Optional.of(FAILED);
            case RUNNING, UNDONE, DISABLED -> Optional.empty();
        };
    }
}
