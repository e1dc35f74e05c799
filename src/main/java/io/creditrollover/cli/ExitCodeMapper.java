package io.creditrollover.cli;

import io.creditrollover.exit.Causes;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import io.creditrollover.exit.ExitExceptions;
import io.creditrollover.exit.Masked;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.config.ConfigDataException;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** Maps failures to a sentence and an exit code. Logs only unexpected errors' stack traces. */
final class ExitCodeMapper {
    private static final Logger log = LoggerFactory.getLogger(ExitCodeMapper.class);

    private ExitCodeMapper() {}

    static CommandResult answer(Throwable failure) {
        return known(failure)
                .map(e -> CommandResult.refused(e.exitCode(), e.sentence()))
                .orElseGet(() -> {
                    log.error("Unexpected error.", Masked.trace(failure));
                    return CommandResult.refused(
                            ExitCode.RETRY, ExitExceptions.unexpected(failure).sentence());
                });
    }

    private static Optional<ExitException> known(Throwable failure) {
        return Causes.first(failure, ExitException.class)
                .or(() -> Causes.first(failure, BindException.class).map(ExitCodeMapper::wrongValue))
                .or(() -> noDataSource(failure))
                .or(() -> unreadableConfiguration(failure))
                .or(() -> ExitExceptions.known(failure).map(ExitCodeMapper::logged));
    }

    private static ExitException wrongValue(BindException wrong) {
        String value = wrong.getProperty() == null
                ? ""
                : " has the value '" + wrong.getProperty().getValue() + "', which";
        return new ExitException(
                ExitCode.CONFIGURATION,
                "The key " + wrong.getName() + value + " is invalid: " + Masked.firstLine(Causes.root(wrong)) + ".");
    }

    private static Optional<ExitException> noDataSource(Throwable failure) {
        boolean missing = Causes.of(failure)
                .anyMatch(e -> e.getClass().getSimpleName().equals("DataSourceBeanCreationException"));
        return missing
                ? Optional.of(new ExitException(
                        ExitCode.CONFIGURATION,
                        "No database is configured. Set SPRING_DATASOURCE_URL, SPRING_DATASOURCE_USERNAME and "
                                + "SPRING_DATASOURCE_PASSWORD."))
                : Optional.empty();
    }

    /** Nothing was written: an attempt reports its own errors in its outcome. */
    private static ExitException logged(ExitException refused) {
        log.debug("The database rejected a request.", Masked.trace(refused));
        return refused;
    }

    /** Covers invalid YAML and configuration files not found. */
    private static Optional<ExitException> unreadableConfiguration(Throwable failure) {
        return Causes.of(failure)
                .filter(e -> e instanceof ConfigDataException
                        || e.getClass().getName().startsWith("org.yaml.snakeyaml.")
                        || e instanceof InvalidConfigurationPropertyValueException)
                .findFirst()
                .map(e -> new ExitException(
                        ExitCode.CONFIGURATION, "The configuration cannot be read: " + Masked.firstLine(e) + "."));
    }
}
