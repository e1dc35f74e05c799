package io.creditrollover.run;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;

/** A safety limit blocks a run (exit code 65) until a person reviews it. */
final class BlockedException extends ExitException {
    BlockedException(String sentence) {
        super(ExitCode.REFUSED, sentence);
    }
}
