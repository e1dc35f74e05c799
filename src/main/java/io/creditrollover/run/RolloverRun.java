package io.creditrollover.run;

import io.creditrollover.rollover.Totals;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code credit_rollover_runs}.
 *
 * @param policy JSON; see {@link StoredPolicy}
 * @param reason of the approval or the undo
 * @param jobInstanceId null before the first attempt
 * @param message why it failed, stopped or was blocked
 * @param figures reconciled; zero before
 * @param forecast JSON; null before the preflight
 * @param approvedLimits keys of limits exceeded at approval
 * @param hostTables as of the first write; see {@code TableIdentity}
 * @param stopCause why it stopped itself; null if no review is needed
 * @param startedAt of the first attempt, before the preflight
 */
record RolloverRun(
        long id,
        LocalDate date,
        RunMode mode,
        RunStatus status,
        Instant cutoff,
        String zone,
        String policy,
        String requestedBy,
        @Nullable String reason,
        @Nullable String approvedBy,
        @Nullable Long planRunId,
        @Nullable Long undoesRunId,
        @Nullable Long onlyUserId,
        @Nullable Long jobInstanceId,
        @Nullable String message,
        Totals figures,
        @Nullable String forecast,
        Set<String> approvedLimits,
        List<String> hostTables,
        @Nullable StopCause stopCause,
        Instant startedAt,
        @Nullable Instant finishedAt) {}
