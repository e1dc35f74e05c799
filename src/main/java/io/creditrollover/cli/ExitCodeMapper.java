package io.creditrollover.cli;

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
        return ExitExceptions.first(failure, ExitException.class)
                .or(() -> ExitExceptions.first(failure, BindException.class).map(ExitCodeMapper::wrongValue))
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
                "The key " + wrong.getName() + value + " does not fit: "
                        + Masked.firstLine(ExitExceptions.innermost(wrong)) + ".");
    }

    private static Optional<ExitException> noDataSource(Throwable failure) {
        boolean missing = ExitExceptions.chain(failure)
                .anyMatch(e -> e.getClass().getSimpleName().equals("DataSourceBeanCreationException"));
        return missing
                ? Optional.of(new ExitException(
                        ExitCode.CONFIGURATION,
                        "No database is configured; set SPRING_DATASOURCE_URL, SPRING_DATASOURCE_USERNAME and "
                                + "SPRING_DATASOURCE_PASSWORD."))
                : Optional.empty();
    }

    /** Nothing was written: an attempt reports its own errors in its outcome. */
    private static ExitException logged(ExitException refused) {
        log.debug("The database refused.", Masked.trace(refused));
        return refused;
    }

    /** Covers invalid YAML and configuration files not found. */
    private static Optional<ExitException> unreadableConfiguration(Throwable failure) {
        return ExitExceptions.chain(failure)
                .filter(e -> e instanceof ConfigDataException
                        || e.getClass().getName().startsWith("org.yaml.snakeyaml.")
                        || e instanceof InvalidConfigurationPropertyValueException)
                .findFirst()
                .map(e -> new ExitException(
                        ExitCode.CONFIGURATION, "The configuration cannot be read: " + Masked.firstLine(e) + "."));
    }
}
