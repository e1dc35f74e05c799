package io.creditrollover.config;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;

/** An unknown, missing, malformed or out-of-range configuration key. The exit code is 78. */
public final class InvalidSettingException extends ExitException {
    /** {@code sentence} names the key first, then the problem. */
    public InvalidSettingException(String sentence) {
        super(ExitCode.CONFIGURATION, sentence);
    }
}
