package io.creditrollover.exit;

import java.net.UnknownHostException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Maps transient database errors, such as a full disk, a shutdown or a standby, to a one-line message. They are not
 * faults of the program, so no stack trace is shown.
 */
public final class TransientDatabaseErrors {
    private static final String UNREACHABLE =
            "The database cannot be reached. Check that it is running and that SPRING_DATASOURCE_URL is correct";
    private static final String NO_HOST =
            "The database cannot be reached: the host name in SPRING_DATASOURCE_URL cannot be resolved. "
                    + "Check the name and the DNS server";
    private static final String FAILED = "The database server has an internal error. Check its disk and its log";
    private static final String ANOTHER =
            "The database cancelled this transaction because another one conflicted with it. It was rolled back";

    /** By SQLSTATE prefix; more specific ones first. */
    private static final Map<String, String> SENTENCES = sentences();

    private TransientDatabaseErrors() {}

    private static Map<String, String> sentences() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("53100", "A disk of the database server is full. Free space on it");
        all.put("53200", "The database server is out of memory. Check what else runs on it");
        all.put("53300", "All connections of the database are in use. Close some, or raise max_connections");
        all.put("53400", "A limit configured in the database is reached. Raise the limit named here");
        all.put(
                "25006",
                "The database is read-only, for example a standby. Check that "
                        + "SPRING_DATASOURCE_URL points to the primary");
        all.put("25P03", "The database ended a transaction that was idle for too long");
        all.put("57014", "The database cancelled a statement: it took too long, or an administrator cancelled it");
        all.put(
                "57P01",
                "The database closed the connection: it is shutting down, or an administrator ended the session");
        all.put("57P", UNREACHABLE);
        all.put("58", FAILED);
        all.put("XX", FAILED);
        all.put("55P03", ANOTHER);
        all.put("40", ANOTHER);
        all.put("08", UNREACHABLE);
        return all;
    }

    /** Returns a message with remedy and quote; empty for other failures. */
    public static Optional<String> in(Throwable failure) {
        return in(List.of(failure));
    }

    /** Of several failures, a full disk precedes the crash it causes. */
    public static Optional<String> in(Collection<? extends Throwable> failures) {
        List<SQLException> said = failures.stream()
                .flatMap(Causes::of)
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast)
                .toList();
        Optional<Throwable> unknownHost = failures.stream()
                .flatMap(Causes::of)
                .filter(UnknownHostException.class::isInstance)
                .findFirst()
                .map(Throwable.class::cast);
        if (unknownHost.isPresent() && !said.isEmpty()) {
            return unknownHost.map(e -> NO_HOST + quoted(e));
        }
        return SENTENCES.keySet().stream()
                .flatMap(state -> said.stream().filter(e -> is(state, e)).map(e -> SENTENCES.get(state) + quoted(e)))
                .findFirst()
                .or(() -> said.stream()
                        .findFirst()
                        .filter(e -> e.getSQLState() == null)
                        .map(TransientDatabaseErrors::ofThePool));
    }

    /** Ignores wrappers: the pool copies the SQLSTATE of the cause. */
    private static boolean is(String state, SQLException failure) {
        return Objects.requireNonNullElse(failure.getSQLState(), "").startsWith(state)
                && !(failure.getCause() instanceof SQLException);
    }

    /** The pool's exceptions without a SQLSTATE: a timeout, or a lost connection. */
    private static String ofThePool(SQLException failure) {
        return (failure instanceof SQLTransientConnectionException
                        ? "No connection to the database became available in time. Check its load"
                        : "The connection to the database was lost. Uncommitted work is rolled back")
                + quoted(failure);
    }

    private static String quoted(Throwable failure) {
        return " (" + Masked.firstLine(failure) + ").";
    }

    /** Returns the driver's exceptions, without the pool's wrappers. */
    static List<SQLException> saidBy(Collection<? extends Throwable> failures) {
        return failures.stream()
                .flatMap(Causes::of)
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast)
                .filter(e -> !(e.getCause() instanceof SQLException))
                .toList();
    }
}
