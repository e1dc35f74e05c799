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
 * @param policy the terms it decides by, as JSON; see {@link StoredPolicy}
 * @param reason why it was approved, or why it undoes
 * @param undoesRunId the run it gives back; null unless an undo
 * @param jobInstanceId its Spring Batch job instance; null until its first attempt has begun
 * @param message why it failed, stopped or was blocked
 * @param figures as reconciled; zero before
 * @param forecast as JSON; null before the preflight
 * @param approvedLimits the keys of the limits that were exceeded when it was approved
 * @param hostTables which tables the host's names stood for before the first write; see {@code TableIdentity}
 * @param stopCause why it stopped by itself; null where a person need not look
 * @param startedAt when its first attempt began, before the preflight
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
