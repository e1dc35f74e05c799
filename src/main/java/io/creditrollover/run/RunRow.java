package io.creditrollover.run;

import io.creditrollover.rollover.Totals;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A run in a list, with its relations to other runs.
 *
 * @param executionId the latest; null before the first
 * @param planRunId the dry run that it carries out
 * @param undoesRunId the run that it reverses
 * @param onlyUserId the user of an undo for one user
 * @param totals as stored at its end, else so far
 * @param expiredValueMinor value of the expired credits by its forecast, in paise; null without one
 * @param usersInScope by its forecast; null without one
 * @param needsApproval whether it stopped itself and resumes only with a reason
 */
public record RunRow(
        long runId,
        @Nullable Long executionId,
        LocalDate date,
        RunMode mode,
        RunStatus status,
        @Nullable Long planRunId,
        @Nullable Long undoesRunId,
        @Nullable Long onlyUserId,
        String requestedBy,
        @Nullable String reason,
        @Nullable String approvedBy,
        @Nullable String message,
        Totals totals,
        @Nullable Long expiredValueMinor,
        @Nullable Long usersInScope,
        boolean needsApproval,
        Instant startedAt,
        @Nullable Instant finishedAt) {}
