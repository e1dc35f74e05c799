package io.creditrollover.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.creditrollover.rollover.Totals;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A run for pages, messages and JSON.
 *
 * @param executionId the latest; null before the first
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
        RunMode mode,
        RunStatus status,
        @JsonUnwrapped Totals totals,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        String requestedBy,
        @Nullable String approvedBy,
        @Nullable String reason,
        @Nullable String message,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ForecastTotals forecast,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long usersReinstated,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long creditsReinstated) {
    /** Summarizes a live run that did not start: rollovers are disabled. */
    static RunSummary disabled(LocalDate date, String requestedBy) {
        return new RunSummary(
                null,
                null,
                date,
                RunMode.LIVE,
                RunStatus.DISABLED,
                Totals.NONE,
                null,
                null,
                requestedBy,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    /** Summarizes a dry run of an undo or reinstatement; credits added back count as rolled over too. */
    RunSummary asReversal(RunMode reversal, long users, long credits, long skipped) {
        return new RunSummary(
                executionId,
                runId,
                rolloverDate,
                reversal,
                status,
                new Totals(users, 0, skipped, credits, credits, 0),
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
