package io.creditrollover.admin;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;

/** The request itself is wrong, in any state. */
final class BadRequestException extends ExitException {
    BadRequestException(String sentence) {
        super(ExitCode.USAGE, sentence);
    }
}
