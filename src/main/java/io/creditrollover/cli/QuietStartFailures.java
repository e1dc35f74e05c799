package io.creditrollover.cli;

import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.context.ConfigurableApplicationContext;

/** Keeps Spring Boot from printing a failed start with its stack trace: {@link ExitCodeMapper} says it in one sentence. */
final class QuietStartFailures implements SpringBootExceptionReporter {
    QuietStartFailures(ConfigurableApplicationContext context) {}

    @Override
    public boolean reportException(Throwable failure) {
        return true;
    }
}
