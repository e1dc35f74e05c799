package io.creditrollover.undo;

import io.creditrollover.lease.FencingGuard;
import io.creditrollover.lease.StopSignal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The input of an undo.
 *
 * @param runId the undo's own run; it writes the reversals
 * @param undoneRunId the run to reverse
 * @param onlyUserId the only user to reverse; null for all
 * @param date the rollover date of both runs
 * @param reason becomes part of each reversal
 * @param guard called at the start of each chunk
 * @param signal ends the undo before the next chunk
 */
public record UndoContext(
        long runId,
        long undoneRunId,
        @Nullable Long onlyUserId,
        LocalDate date,
        String reason,
        FencingGuard guard,
        StopSignal signal) {}
