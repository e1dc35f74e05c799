package io.creditrollover.run;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import java.util.List;

/** Safety limits block a run (exit code 65) until a person reviews it. */
final class BlockedException extends ExitException {
    private final transient List<ExceededLimit> limits;

    BlockedException(String sentence, List<ExceededLimit> limits) {
        super(ExitCode.REFUSED, sentence);
        this.limits = limits;
    }

    List<ExceededLimit> limits() {
        return limits;
    }
}
