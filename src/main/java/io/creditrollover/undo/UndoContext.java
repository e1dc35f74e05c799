package io.creditrollover.undo;

import io.creditrollover.lease.FencingGuard;
import io.creditrollover.lease.StopSignal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What an undo is asked to do.
 *
 * @param runId the undo's own run, which writes the reversals
 * @param undoneRunId the run that took the credits
 * @param onlyUserId give back to this user only; null for everybody
 * @param date the rollover date of both
 * @param reason why; becomes part of each reversal
 * @param guard with which each chunk begins
 * @param signal after which no chunk begins
 */
public record UndoContext(
        long runId,
        long undoneRunId,
        @Nullable Long onlyUserId,
        LocalDate date,
        String reason,
        FencingGuard guard,
        StopSignal signal) {}
