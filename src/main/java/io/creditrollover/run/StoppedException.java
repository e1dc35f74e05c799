package io.creditrollover.run;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;

/** A run stopped itself (exit code 65). The chunk is rolled back; a person must look before it resumes. */
final class StoppedException extends ExitException {
    private final StopCause cause;

    StoppedException(StopCause cause, String sentence) {
        super(ExitCode.REFUSED, sentence);
        this.cause = cause;
    }

    StopCause stopCause() {
        return cause;
    }
}
