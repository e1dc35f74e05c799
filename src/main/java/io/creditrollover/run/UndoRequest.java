package io.creditrollover.run;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import io.creditrollover.lease.StopSignal;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of {@link UndoService}.
 *
 * @param executionId any execution of the run to undo
 * @param reason why; kept on the undo and on each reversal
 * @param dryRun only say what would be given back
 * @param scope whose credits are reversed
 * @param force undo although a later month has run
 * @param requestedBy who asks
 * @param signal asks it to stop
 * @param progress is told how far it is
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
    /** Refuses (64) a reason that says nothing. */
    public UndoRequest {
        reason = ReasonText.checked("The REASON", reason);
    }

    /** Whose credits an undo reverses: always said, so that an empty text never stands for everybody. */
    public static final class Scope {
        private static final Scope EVERYBODY = new Scope(null);

        private final @Nullable String user;

        private Scope(@Nullable String user) {
            this.user = user;
        }

        /** Returns the scope of everybody whose credits the run expired. */
        public static Scope everybody() {
            return EVERYBODY;
        }

        /**
         * Returns the scope of one user.
         *
         * @param idOrPhone as {@link Users#find} takes it
         * @throws ExitException 64 when it is blank
         */
        public static Scope user(String idOrPhone) {
            if (idOrPhone.isBlank()) {
                throw new ExitException(
                        ExitCode.USAGE, "USER is empty; name an id or a phone number. Nothing was done.");
            }
            return new Scope(idOrPhone);
        }

        /** Returns the one user, as it was given; null for everybody. */
        @Nullable String user() {
            return user;
        }
    }
}
