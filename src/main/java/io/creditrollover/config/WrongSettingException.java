package io.creditrollover.config;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;

/** A configuration key that is unknown, missing, malformed or out of range. */
public final class WrongSettingException extends ExitException {
    /** Names the key first; what is wrong with it after that. */
    public WrongSettingException(String sentence) {
        super(ExitCode.CONFIGURATION, sentence);
    }
}
