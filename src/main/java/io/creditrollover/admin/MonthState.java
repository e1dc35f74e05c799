package io.creditrollover.admin;

import io.creditrollover.lease.Heartbeat;
import io.creditrollover.run.Pace;
import io.creditrollover.run.RunRow;
import io.creditrollover.run.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What needs attention now. Facts only; {@link Banner} has the words.
 *
 * @param date the month meant
 * @param run that it is about; null without one
 * @param silence since the last heartbeat of a lost process; null otherwise
 * @param pace of a running one
 */
record MonthState(
        Kind kind,
        LocalDate date,
        @Nullable RunRow run,
        @Nullable Duration silence,
        Pace pace,
        Facts facts) {
    enum Kind {
        NEVER_RUN,
        DONE,
        DUE,
        OVERDUE,
        RUNNING,
        LOST,
        FAILED,
        STOPPED,
        BLOCKED,
        UNDONE,
        UNDO_RUNNING,
        UNDO_UNFINISHED;

        /** Whether a run of the month has begun and not ended. */
        boolean isUnfinished() {
            return this == RUNNING || this == LOST || this == FAILED || this == STOPPED || this == BLOCKED;
        }
    }

    /**
     * @param current the rollover date of the current month
     * @param overdue the month that is overdue; null for none
     * @param undo the unfinished one; null for none
     * @param live the live run of the latest date; null before the first
     * @param dryRun of the current month, fresh and not carried out; null for none
     */
    record Facts(
            Instant now,
            LocalDate current,
            @Nullable LocalDate overdue,
            @Nullable RunRow undo,
            @Nullable RunRow live,
            @Nullable RunRow dryRun,
            Heartbeat heartbeat,
            Pace pace) {}

    static MonthState of(Facts facts) {
        RunRow undo = facts.undo();
        if (undo != null) {
            boolean works =
                    undo.status() == RunStatus.RUNNING && facts.heartbeat().alive();
            return of(works ? Kind.UNDO_RUNNING : Kind.UNDO_UNFINISHED, undo, facts);
        }
        RunRow live = facts.live();
        if (live == null) {
            return new MonthState(Kind.NEVER_RUN, facts.current(), null, null, Pace.UNKNOWN, facts);
        }
        return switch (live.status()) {
            case RUNNING -> of(facts.heartbeat().alive() ? Kind.RUNNING : Kind.LOST, live, facts);
            case FAILED -> of(Kind.FAILED, live, facts);
            case STOPPED -> of(Kind.STOPPED, live, facts);
            case BLOCKED -> of(Kind.BLOCKED, live, facts);
            case COMPLETED, UNDONE, DISABLED -> ended(live, facts);
        };
    }

    private static MonthState ended(RunRow live, Facts facts) {
        if (!live.date().isBefore(facts.current())) {
            return of(live.status() == RunStatus.UNDONE ? Kind.UNDONE : Kind.DONE, live, facts);
        }
        Kind kind = facts.overdue() == null ? Kind.DUE : Kind.OVERDUE;
        LocalDate date = Objects.requireNonNullElse(facts.overdue(), facts.current());
        return new MonthState(kind, date, null, null, Pace.UNKNOWN, facts);
    }

    private static MonthState of(Kind kind, RunRow run, Facts facts) {
        boolean lost = kind == Kind.LOST || (kind == Kind.UNDO_UNFINISHED && run.status() == RunStatus.RUNNING);
        return new MonthState(kind, run.date(), run, lost ? facts.heartbeat().age() : null, facts.pace(), facts);
    }

    /** Returns the month to run next: its forecast and its dry run are offered together. */
    LocalDate next() {
        return kind == Kind.DONE
                ? date.plusMonths(1)
                : kind == Kind.UNDO_RUNNING || kind == Kind.UNDO_UNFINISHED ? facts.current() : date;
    }

    /** Returns 0 to 100; null while unknown. */
    @Nullable Integer percent() {
        Long scope = run == null ? null : run.usersInScope();
        return scope == null || scope == 0
                ? null
                : (int) Math.min(100, Objects.requireNonNull(run).totals().usersProcessed() * 100 / scope);
    }

    /** Returns the remaining time of a running one; null while unknown. */
    @Nullable Duration remaining() {
        Long scope = run == null ? null : run.usersInScope();
        return scope == null
                ? null
                : pace.remaining(scope - Objects.requireNonNull(run).totals().usersProcessed());
    }
}
