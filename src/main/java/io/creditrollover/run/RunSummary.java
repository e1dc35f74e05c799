package io.creditrollover.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A run for pages, messages and JSON.
 *
 * @param executionId the latest; null before the first
 * @param usersProcessed rolled over, expired and skipped
 * @param creditsBefore balances of decided users
 * @param creditsRolledOver their remaining credits
 * @param startedAt of the first attempt, before the preflight
 * @param finishedAt null while it runs
 * @param message why it failed, stopped or was blocked; null otherwise
 * @param forecast of a blocked run; otherwise null and omitted from JSON
 * @param usersReinstated users with credits added back by an undo or reinstatement; otherwise null and omitted from JSON
 * @param creditsReinstated their credits; null as {@code usersReinstated}
 */
public record RunSummary(
        @Nullable Long executionId,
        @Nullable Long runId,
        LocalDate rolloverDate,
        String mode,
        RunStatus status,
        long usersProcessed,
        long usersRolledOver,
        long usersExpired,
        long usersSkipped,
        long creditsBefore,
        long creditsRolledOver,
        long creditsExpired,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        String requestedBy,
        @Nullable String approvedBy,
        @Nullable String reason,
        @Nullable String message,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ForecastTotals forecast,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long usersReinstated,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long creditsReinstated) {
    /** Summarizes a dry run of an undo or reinstatement; credits added back count as rolled over too. */
    RunSummary asReversal(RunMode reversal, long users, long credits, long skipped) {
        return new RunSummary(
                executionId,
                runId,
                rolloverDate,
                reversal.code(),
                status,
                users + skipped,
                users,
                0,
                skipped,
                credits,
                credits,
                0,
                startedAt,
                finishedAt,
                requestedBy,
                approvedBy,
                reason,
                message,
                null,
                users,
                credits);
    }
}
