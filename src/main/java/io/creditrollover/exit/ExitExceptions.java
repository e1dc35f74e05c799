package io.creditrollover.exit;

import java.util.List;
import java.util.Optional;
import org.springframework.transaction.TransactionException;

/** Maps failures of a running application to a sentence and an exit code. */
public final class ExitExceptions {
    private ExitExceptions() {}

    /** Returns the first {@link ExitException}, or what a database error means; empty for an unexpected failure. */
    public static Optional<ExitException> known(Throwable failure) {
        return Causes.first(failure, ExitException.class)
                .or(() -> DatabaseRefusal.in(List.of(failure), false))
                .or(() -> TransientDatabaseErrors.in(failure)
                        .map(sentence -> new ExitException(ExitCode.RETRY, sentence + " Then try again.")))
                .or(() -> Causes.first(failure, TransactionException.class).map(ExitExceptions::connectionLost));
    }

    /** Returns the sentence for an unexpected failure: 75. The caller logs it. */
    public static ExitException unexpected(Throwable failure) {
        return new ExitException(
                ExitCode.RETRY, "Unexpected error: " + Masked.firstLine(Causes.root(failure)) + ".", failure);
    }

    /** A connection is lost if its transaction cannot begin, commit or roll back. */
    private static ExitException connectionLost(TransactionException failure) {
        return new ExitException(
                ExitCode.RETRY,
                "The connection to the database was lost (" + Masked.firstLine(Causes.root(failure))
                        + "). Uncommitted work is rolled back. Try again.");
    }
}
