package io.creditrollover.run;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;

/** A safety limit stopped a run: a person looks, and lets it pass or not. */
final class BlockedException extends ExitException {
    BlockedException(String sentence) {
        super(ExitCode.REFUSED, sentence);
    }
}
