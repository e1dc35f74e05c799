package io.creditrollover.host;

import io.creditrollover.exit.Causes;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Why the host's database refuses a change, in one line, with phone numbers masked to four digits. */
public record Refusal(String words) {
    /** Unrelated to a row: connection, resources, locks, shutdown, pooler. */
    private static final List<String> NOT_ABOUT_A_ROW =
            List.of("08", "25", "26", "3B", "40", "53", "55P03", "57", "58", "XX");

    /** The host's inside a function, else the product's. */
    private static final List<String> OF_A_STATEMENT = List.of("42501", "42P01", "42703");

    private static final String UNIQUE_VIOLATION = "23505";
    private static final String EVENTS = "credit_rollover_events";
    private static final int MAX_WORDS = 300;

    /** Stored with a skip: a database in LATIN1 has no ellipsis. */
    private static final String MORE = "...";

    private static final Pattern LONG_NUMBER = Pattern.compile("\\+?\\p{Nd}(?:[\\s().\\-/]{0,2}\\p{Nd}){4,}");
    private static final Pattern NOT_DIGITS = Pattern.compile("\\P{Nd}");

    public Refusal {
        String line = LONG_NUMBER
                .matcher(words.replaceAll("[\\p{Cntrl}\\s]+", " ").strip())
                .replaceAll(found -> lastFour(found.group()));
        words = line.length() <= MAX_WORDS ? line : line.substring(0, MAX_WORDS) + MORE;
    }

    /**
     * Returns the refusal by a constraint, trigger or value; empty for others, such as a lost connection, a lock, or a
     * second decision about a user.
     */
    public static Optional<Refusal> in(Throwable failure) {
        return Causes.first(failure, SQLException.class)
                .filter(Refusal::isAboutARow)
                .map(said -> new Refusal(words(said)));
    }

    private static boolean isAboutARow(SQLException failure) {
        String state = Objects.requireNonNullElse(failure.getSQLState(), "");
        ServerErrorMessage said = said(failure);
        if (state.isEmpty() || said == null || NOT_ABOUT_A_ROW.stream().anyMatch(state::startsWith)) {
            return false;
        }
        if (OF_A_STATEMENT.contains(state)) {
            return said.getWhere() != null;
        }
        return !(state.equals(UNIQUE_VIOLATION) && EVENTS.equals(said.getTable()));
    }

    private static String words(SQLException failure) {
        ServerErrorMessage said = Objects.requireNonNull(said(failure));
        return Objects.requireNonNullElse(said.getMessage(), "SQLSTATE " + failure.getSQLState());
    }

    private static @Nullable ServerErrorMessage said(SQLException failure) {
        return failure instanceof PSQLException server ? server.getServerErrorMessage() : null;
    }

    private static String lastFour(String number) {
        String digits = NOT_DIGITS.matcher(number).replaceAll("");
        return "*".repeat(digits.length() - 4) + digits.substring(digits.length() - 4);
    }
}
