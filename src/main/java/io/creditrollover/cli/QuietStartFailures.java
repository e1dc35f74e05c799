package io.creditrollover.cli;

import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.context.ConfigurableApplicationContext;

/** Suppresses Spring Boot's stack trace of a failed start; {@link ExitCodeMapper} reports it. */
final class QuietStartFailures implements SpringBootExceptionReporter {
    QuietStartFailures(ConfigurableApplicationContext context) {}

    @Override
    public boolean reportException(Throwable failure) {
        return true;
    }
}
