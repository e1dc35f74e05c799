package io.creditrollover.cli;

import io.creditrollover.exit.DatabaseFault;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.transaction.TransactionException;

/** What went wrong, as one sentence with an exit code. Only what nobody foresaw is logged with its stack trace. */
final class Failures {
    private static final Logger log = LoggerFactory.getLogger(Failures.class);

    /** SQLSTATEs, or their first two characters, that a person must mend before a retry makes sense. */
    private static final Map<String, String> TO_MEND = Map.of(
            "28", "The database refused the login; check SPRING_DATASOURCE_USERNAME and SPRING_DATASOURCE_PASSWORD.",
            "3D", "The database named in SPRING_DATASOURCE_URL does not exist on its server.",
            "42501", "The role of SPRING_DATASOURCE_USERNAME lacks a right that this needs; see db/grants.",
            "42P01", "A table is missing; run the command migrate, or correct SPRING_DATASOURCE_URL.",
            "42703", "A column is missing; this program does not fit the tables.");

    private Failures() {}

    static Answer answer(Throwable failure) {
        return known(failure)
                .map(e -> Answer.refused(e.exitCode(), e.sentence()))
                .orElseGet(() -> {
                    log.error("Nobody foresaw this.", failure);
                    return Answer.refused(ExitCode.RETRY, "Unforeseen: " + oneLine(innermost(failure)));
                });
    }

    private static Optional<ExitException> known(Throwable failure) {
        return first(failure, ExitException.class)
                .or(() -> first(failure, BindException.class).map(Failures::wrongValue))
                .or(() -> noDataSource(failure))
                .or(() -> first(failure, SQLException.class).flatMap(Failures::toMend))
                .or(() -> DatabaseFault.in(failure).map(Failures::retry))
                .or(() -> first(failure, TransactionException.class).map(Failures::brokeOff));
    }

    private static ExitException wrongValue(BindException wrong) {
        String value = wrong.getProperty() == null
                ? ""
                : " has the value '" + wrong.getProperty().getValue() + "', which";
        return new ExitException(
                ExitCode.CONFIGURATION,
                "The key " + wrong.getName() + value + " does not fit: " + oneLine(innermost(wrong)) + ".");
    }

    private static Optional<ExitException> noDataSource(Throwable failure) {
        boolean missing =
                chain(failure).anyMatch(e -> e.getClass().getSimpleName().equals("DataSourceBeanCreationException"));
        return missing
                ? Optional.of(new ExitException(
                        ExitCode.CONFIGURATION,
                        "No database is configured; set SPRING_DATASOURCE_URL, SPRING_DATASOURCE_USERNAME and "
                                + "SPRING_DATASOURCE_PASSWORD."))
                : Optional.empty();
    }

    /** A transaction that cannot begin, commit or even roll back has lost its connection. */
    private static ExitException brokeOff(TransactionException failure) {
        return new ExitException(
                ExitCode.RETRY,
                "The connection to the database broke off (" + oneLine(innermost(failure))
                        + "); what was not committed is rolled back. Try again.");
    }

    private static ExitException retry(String sentence) {
        return new ExitException(ExitCode.RETRY, sentence + " Then try again.");
    }

    private static Optional<ExitException> toMend(SQLException failure) {
        String state = Objects.requireNonNullElse(failure.getSQLState(), "");
        String said = " (" + oneLine(failure) + ")";
        for (Map.Entry<String, String> mend : TO_MEND.entrySet()) {
            if (state.startsWith(mend.getKey())) {
                return Optional.of(new ExitException(ExitCode.CONFIGURATION, mend.getValue() + said));
            }
        }
        return Optional.empty();
    }

    private static <T extends Throwable> Optional<T> first(Throwable failure, Class<T> type) {
        return chain(failure).filter(type::isInstance).map(type::cast).findFirst();
    }

    private static Stream<Throwable> chain(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
    }

    private static Throwable innermost(Throwable failure) {
        return chain(failure).reduce((outer, inner) -> inner).orElse(failure);
    }

    private static String oneLine(Throwable failure) {
        return String.valueOf(failure.getMessage())
                .lines()
                .findFirst()
                .orElse(failure.getClass().getSimpleName());
    }
}
