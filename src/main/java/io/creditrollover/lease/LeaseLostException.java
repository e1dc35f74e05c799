package io.creditrollover.lease;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;

/** Another process has taken over: what this one was about to commit is rolled back. */
public final class LeaseLostException extends ExitException {
    LeaseLostException(FencingToken token) {
        super(
                ExitCode.RETRY,
                "The lease " + token.name() + " went to another process; this one committed nothing more and stops.");
    }
}
