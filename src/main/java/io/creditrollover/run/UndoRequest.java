package io.creditrollover.run;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import io.creditrollover.lease.StopSignal;
import org.jspecify.annotations.Nullable;

/**
 * A request to {@link UndoService}.
 *
 * @param executionId any execution of the run
 * @param reason stored on the undo and each reversal
 * @param dryRun true to report only
 * @param force true to undo although a later month has run
 */
public record UndoRequest(
        long executionId,
        String reason,
        boolean dryRun,
        Scope scope,
        boolean force,
        String requestedBy,
        StopSignal signal,
        Progress progress) {
    /** Rejects (64) an invalid reason. */
    public UndoRequest {
        reason = ReasonText.checked("The REASON", reason);
    }

    /** The users of an undo. Explicit: an empty text must not mean everybody. */
    public static final class Scope {
        private static final Scope EVERYBODY = new Scope(null);

        private final @Nullable String user;

        private Scope(@Nullable String user) {
            this.user = user;
        }

        /** Returns the scope of all users with credits expired by the run. */
        public static Scope everybody() {
            return EVERYBODY;
        }

        /** Returns the scope of one user; see {@link Users#find}. Rejects (64) a blank text. */
        public static Scope user(String idOrPhone) {
            if (idOrPhone.isBlank()) {
                throw new ExitException(
                        ExitCode.USAGE, "USER is empty. Give an id or a phone number. Nothing was changed.");
            }
            return new Scope(idOrPhone);
        }

        /** Returns the user as given; null for everybody. */
        @Nullable String user() {
            return user;
        }
    }
}
