package io.creditrollover.admin;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;

final class KeyReusedException extends ExitException {
    KeyReusedException() {
        super(ExitCode.USAGE, "This Idempotency-Key was used for another request. Use a new one.");
    }
}
