package io.creditrollover.lease;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;

/** Another process has taken over; this transaction rolls back. Exit code 75. */
public final class LeaseLostException extends ExitException {
    LeaseLostException(FencingToken token) {
        super(
                ExitCode.RETRY,
                "The lease " + token.name()
                        + " was taken by another process. This process stops and commits nothing more.");
    }
}
