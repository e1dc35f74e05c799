package io.creditrollover.lease;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;

/** Another process renews its lease; nothing was written. Exit code 75. */
public final class LeaseHeldException extends ExitException {
    LeaseHeldException(String holder) {
        super(
                ExitCode.RETRY,
                "Another process is at work (" + holder + ") and renews its lease; nothing was done, try again later.");
    }
}
