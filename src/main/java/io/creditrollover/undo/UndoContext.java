package io.creditrollover.undo;

import io.creditrollover.lease.FencingGuard;
import io.creditrollover.lease.StopSignal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The input of an undo.
 *
 * @param runId the undo's own run
 * @param undoneRunId the run to reverse
 * @param onlyUserId the only user to reverse; null for all
 * @param date the rollover date of both runs
 * @param reason part of each reversal
 * @param guard locks the token in each chunk
 * @param signal prevents further chunks
 */
public record UndoContext(
        long runId,
        long undoneRunId,
        @Nullable Long onlyUserId,
        LocalDate date,
        String reason,
        FencingGuard guard,
        StopSignal signal) {}
