package io.creditrollover.admin;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;

/** A request that is wrong in itself, whatever the state of things. */
final class BadRequestException extends ExitException {
    BadRequestException(String sentence) {
        super(ExitCode.USAGE, sentence);
    }
}
