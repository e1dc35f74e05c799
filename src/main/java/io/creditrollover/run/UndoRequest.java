package io.creditrollover.run;

import io.creditrollover.lease.StopSignal;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of {@link Undos}.
 *
 * @param executionId any execution of the run to undo
 * @param reason why; kept on the undo and on each reversal
 * @param dryRun only say what would be given back
 * @param user id or phone number of the one user to give back to; null for everybody
 * @param force undo although a later month has run
 * @param requestedBy who asks
 * @param signal asks it to stop
 * @param progress is told how far it is
 */
public record UndoRequest(
        long executionId,
        String reason,
        boolean dryRun,
        @Nullable String user,
        boolean force,
        String requestedBy,
        StopSignal signal,
        Progress progress) {}
