package io.creditrollover.exit;

import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.transaction.TransactionSystemException;

/** The causes of a failure, and what to quote of them. */
public final class Causes {
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private Causes() {}

    /**
     * Returns the failure and its causes, the innermost last. If a rollback fails too, Spring stores what was rolled back
     * outside the causes; it comes right after the failed rollback.
     */
    public static Stream<Throwable> of(Throwable failure) {
        return Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
                .flatMap(e -> e instanceof TransactionSystemException broken && broken.getApplicationException() != null
                        ? Stream.concat(Stream.of(e), of(broken.getApplicationException()))
                        : Stream.of(e));
    }

    /** Returns the outermost of a type. */
    public static <T> Optional<T> first(Throwable failure, Class<T> type) {
        return of(failure).filter(type::isInstance).map(type::cast).findFirst();
    }

    public static Throwable root(Throwable failure) {
        return of(failure).reduce((outer, inner) -> inner).orElse(failure);
    }

    /** Returns whether the database gave up waiting for a lock, after {@code lock_timeout} or NOWAIT. */
    public static boolean isLockNotAvailable(Throwable failure) {
        return root(failure) instanceof SQLException sql && LOCK_NOT_AVAILABLE.equals(sql.getSQLState());
    }

    /** Returns the message's first line, stripped, maybe empty. It is not masked. */
    public static String firstLine(Throwable failure) {
        return Objects.requireNonNullElse(failure.getMessage(), "")
                .lines()
                .findFirst()
                .orElse("")
                .strip();
    }

    /** Returns a text with a full stop. */
    public static String sentence(String text) {
        return text.endsWith(".") ? text : text + ".";
    }
}
