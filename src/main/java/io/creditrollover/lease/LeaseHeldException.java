package io.creditrollover.lease;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;

/** Another process renews its lease; nothing was written. Exit code 75. */
public final class LeaseHeldException extends ExitException {
    LeaseHeldException(String holder) {
        super(ExitCode.RETRY, "Another process is running (" + holder + "). Nothing was changed. Try again later.");
    }
}
