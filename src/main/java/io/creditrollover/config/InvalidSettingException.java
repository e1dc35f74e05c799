package io.creditrollover.config;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;

/** A configuration key that is unknown, missing, malformed or out of range. */
public final class InvalidSettingException extends ExitException {
    /** Names the key first; what is wrong with it after that. */
    public InvalidSettingException(String sentence) {
        super(ExitCode.CONFIGURATION, sentence);
    }
}
