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
import java.util.stream.Stream;
import org.springframework.transaction.TransactionSystemException;

/**
 * What befalls a database or the way to it, and is over at some time: its disk is full, it is going down, a standby
 * answers. It is nothing that this program did, so it is told in a sentence, not with a stack trace.
 */
public final class TransientDatabaseErrors {
    private static final String UNREACHABLE =
            "The database cannot be reached; see that it runs and that SPRING_DATASOURCE_URL names it";
    private static final String NO_HOST =
            "The database cannot be reached: the host in SPRING_DATASOURCE_URL has no address, or its name server is away; "
                    + "see that the name is right";
    private static final String FAILED = "The database's server has failed in itself; see its disk and its log";
    private static final String ANOTHER =
            "Another transaction of the database stood in the way, and it gave this one up; nothing of it is left";

    /** SQLSTATEs, or how they begin, with what to make of them; the more exact ones first. */
    private static final Map<String, String> SENTENCES = sentences();

    private TransientDatabaseErrors() {}

    private static Map<String, String> sentences() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("53100", "A disk of the database's server is full; make room on it");
        all.put("53200", "The database's server is out of memory; see what else runs there");
        all.put("53300", "All connections of the database are taken; see who holds them, or raise max_connections");
        all.put("53400", "A limit that is set in the database is reached; raise the one that it names");
        all.put(
                "25006",
                "The database takes no writes, as a standby does before it is promoted; see that "
                        + "SPRING_DATASOURCE_URL names the primary");
        all.put("25P03", "The database ended a transaction in which it heard nothing for too long");
        all.put("57014", "The database cancelled a statement, since it took too long or an administrator asked for it");
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

    /** Returns the sentence, which says what to do, and quotes the database; empty where it is no such fault. */
    public static Optional<String> in(Throwable failure) {
        return in(List.of(failure));
    }

    /** The same of what happened to several at a time: of a full disk and the crash that followed, the disk. */
    public static Optional<String> in(Collection<? extends Throwable> failures) {
        List<SQLException> said = failures.stream()
                .flatMap(TransientDatabaseErrors::chain)
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast)
                .toList();
        Optional<Throwable> unknownHost = failures.stream()
                .flatMap(TransientDatabaseErrors::chain)
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

    /** Of wrapped ones too: the pool gives its own exception the SQLSTATE of what it met. */
    private static boolean is(String state, SQLException failure) {
        return Objects.requireNonNullElse(failure.getSQLState(), "").startsWith(state)
                && !(failure.getCause() instanceof SQLException);
    }

    /** Whose exceptions have no state of their own: it waited in vain, or its connection was gone already. */
    private static String ofThePool(SQLException failure) {
        return (failure instanceof SQLTransientConnectionException
                        ? "No connection to the database was free or made in time; see how busy it is"
                        : "The connection to the database broke off; what was not committed is rolled back")
                + quoted(failure);
    }

    private static String quoted(Throwable failure) {
        return " (" + Masked.firstLine(failure) + ").";
    }

    /** Returns what the driver said, each once: the pool's own exceptions, which repeat it, are left out. */
    static List<SQLException> saidBy(Collection<? extends Throwable> failures) {
        return failures.stream()
                .flatMap(TransientDatabaseErrors::chain)
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast)
                .filter(e -> !(e.getCause() instanceof SQLException))
                .toList();
    }

    /** Where not even the rollback went well, Spring's exception is about that, and keeps the first one aside. */
    static Stream<Throwable> chain(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .flatMap(e -> e instanceof TransactionSystemException broken && broken.getApplicationException() != null
                        ? Stream.concat(Stream.of(e), chain(broken.getApplicationException()))
                        : Stream.of(e));
    }
}
