package io.creditrollover.admin;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;

final class NotFoundException extends ExitException {
    NotFoundException(String sentence) {
        super(ExitCode.USAGE, sentence);
    }
}
