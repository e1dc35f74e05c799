package io.creditrollover.admin;

import java.time.Duration;
import org.springframework.security.core.AuthenticationException;

/** The password was not checked. */
final class LoginDelayedException extends AuthenticationException {
    private static final long serialVersionUID = 1;

    private final long seconds;

    LoginDelayedException(Duration wait) {
        super("Too many wrong passwords.");
        this.seconds = Math.max(1, wait.toSeconds() + (wait.toNanosPart() > 0 ? 1 : 0));
    }

    /** At least 1. */
    long seconds() {
        return seconds;
    }
}
