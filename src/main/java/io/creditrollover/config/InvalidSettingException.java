package io.creditrollover.config;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;

/** An unknown, missing, malformed or out-of-range key; exit code 78. */
public final class InvalidSettingException extends ExitException {
    /** {@code sentence} names the key first. */
    public InvalidSettingException(String sentence) {
        super(ExitCode.CONFIGURATION, sentence);
    }
}
