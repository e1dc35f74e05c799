package io.creditrollover.exit;

import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Maps permanent database errors to exit codes. A constraint or trigger of the host is 65. Wrong grants, types and
 * tables are 78, or 65 if the attempt has already written.
 */
public final class DatabaseRefusal {
    /** Two concurrent transactions: a retry finds the first one's row. */
    private static final String UNIQUE_VIOLATION = "23505";

    /** SQLSTATE prefixes: integrity, triggers and functions, a view's check option, RAISE. */
    private static final List<String> OF_THE_HOST = List.of("23", "P0", "44", "09", "27", "2F", "38", "39");

    private static final List<String> TO_MEND =
            List.of("42", "22", "07", "0A", "21", "26", "3F", "3D", "28", "54", "55");

    /** Temporary. */
    private static final List<String> TRANSIENT = List.of("55P03", "55006", "40", "53", "57", "58", "XX", "08", "25");

    private static final Map<String, String> SENTENCES = Map.of(
            "3D", "The database named in SPRING_DATASOURCE_URL does not exist on its server.",
            "42501", "The role of SPRING_DATASOURCE_USERNAME lacks a required grant. See db/grants.",
            "42P01", "A table is missing. Run the command migrate, or correct SPRING_DATASOURCE_URL.",
            "42703", "A column is missing. The tables do not match this version of the program.",
            "26", ConnectionRefusal.POOLER);

    private DatabaseRefusal() {}

    /** Returns the end of the command; empty without a permanent error. {@code written} is of this attempt. */
    public static Optional<ExitException> in(Collection<? extends Throwable> failures, boolean written) {
        List<SQLException> said = TransientDatabaseErrors.saidBy(failures);
        return first(said, DatabaseRefusal::isOfTheHost)
                .map(e -> new ExitException(
                        ExitCode.REFUSED,
                        "The host's database refused a change: "
                                + stopped(Masked.firstLine(e))
                                + " The transaction was rolled back. The owner of the database"
                                + " must correct the constraint, the trigger or the data.",
                        e))
                .or(() -> first(said, e -> ConnectionRefusal.sentence(e).isPresent())
                        .map(e -> toMend(ConnectionRefusal.sentence(e).orElseThrow(), e, written)))
                .or(() -> first(said, e -> startsWithAny(state(e), TO_MEND) && !isTransient(e))
                        .map(e -> toMend(sentence(e), e, written)))
                .or(() -> UnusableValue.in(failures).map(e -> toMend(UnusableValue.SENTENCE, e, written)));
    }

    private static ExitException toMend(String sentence, Throwable failure, boolean written) {
        return new ExitException(
                written ? ExitCode.REFUSED : ExitCode.CONFIGURATION,
                sentence + " (" + Masked.firstLine(failure) + ")",
                failure);
    }

    private static String sentence(SQLException failure) {
        return SENTENCES.entrySet().stream()
                .filter(entry -> state(failure).startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(UnusableValue.SENTENCE);
    }

    /** A trigger's failure can have any state; its context names the function. */
    private static boolean isOfTheHost(SQLException failure) {
        if (state(failure).equals(UNIQUE_VIOLATION) && isOnOurTable(failure)) {
            return false;
        }
        return startsWithAny(state(failure), OF_THE_HOST) || (isInFunction(failure) && !isTransient(failure));
    }

    private static boolean isTransient(SQLException failure) {
        return startsWithAny(state(failure), TRANSIENT);
    }

    private static boolean isOnOurTable(SQLException failure) {
        String table = said(failure) == null
                ? null
                : Objects.requireNonNull(said(failure)).getTable();
        return table != null && (table.startsWith("credit_rollover_") || table.startsWith("batch_"));
    }

    private static boolean isInFunction(SQLException failure) {
        String where = said(failure) == null
                ? null
                : Objects.requireNonNull(said(failure)).getWhere();
        return where != null && (where.contains("PL/") || where.contains("SQL "));
    }

    private static @Nullable ServerErrorMessage said(SQLException failure) {
        return failure instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
    }

    static String state(SQLException failure) {
        return Objects.requireNonNullElse(failure.getSQLState(), "");
    }

    private static Optional<SQLException> first(List<SQLException> said, Predicate<SQLException> wanted) {
        return said.stream().filter(wanted).findFirst();
    }

    private static boolean startsWithAny(String state, List<String> beginnings) {
        return Stream.of(state).anyMatch(s -> beginnings.stream().anyMatch(s::startsWith));
    }

    private static String stopped(String words) {
        return words.endsWith(".") ? words : words + ".";
    }
}
