package io.creditrollover.admin;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.creditrollover.report.ReportFormats;
import io.creditrollover.run.RunMode;
import io.creditrollover.run.RunStatus;
import io.creditrollover.run.RunSummary;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** @param percent of the users in scope; 0 while unknown */
record RunView(
        @Nullable Long executionId,
        @Nullable Long runId,
        String title,
        String date,
        @JsonIgnore RunMode kind,
        String mode,
        @JsonIgnore RunStatus state,
        String status,
        String started,
        String finished,
        String processed,
        String total,
        int percent,
        String rolledOver,
        String expired,
        String skipped,
        String creditsBefore,
        String creditsKept,
        String creditsExpired,
        String requestedBy,
        @Nullable String approvedBy,
        @Nullable String reason,
        @Nullable String message) {
    private static final int WHOLE = 100;

    static RunView of(RunSummary run, long total, Formats texts) {
        return new RunView(
                run.executionId(),
                run.runId(),
                Formats.month(run.rolloverDate()),
                run.rolloverDate().toString(),
                run.mode(),
                words(run.mode()),
                run.status(),
                run.status().name(),
                texts.time(run.startedAt()),
                texts.time(run.finishedAt()),
                ReportFormats.number(run.totals().usersProcessed()),
                total == 0 ? "not known yet" : ReportFormats.number(total),
                total == 0 ? 0 : (int) Math.min(WHOLE, run.totals().usersProcessed() * WHOLE / total),
                ReportFormats.number(run.totals().usersRolledOver()),
                ReportFormats.number(run.totals().usersExpired()),
                ReportFormats.number(run.totals().usersSkipped()),
                ReportFormats.number(run.totals().creditsBefore()),
                ReportFormats.number(run.totals().creditsRolledOver()),
                ReportFormats.number(run.totals().creditsExpired()),
                run.requestedBy(),
                run.approvedBy(),
                run.reason(),
                run.message());
    }

    private static String words(RunMode mode) {
        return switch (mode) {
            case LIVE -> "Live run";
            case DRY_RUN -> "Dry run";
            case UNDO -> "Undo";
            case REINSTATE -> "Reinstatement";
        };
    }

    public boolean isLive() {
        return kind == RunMode.LIVE;
    }

    /** Also for a reinstatement: it shows the same figures, and does not restart. */
    public boolean isUndo() {
        return kind == RunMode.UNDO || kind == RunMode.REINSTATE;
    }

    public boolean isRunning() {
        return is(RunStatus.RUNNING);
    }

    /** A completed dry run changed nothing, and does not look like a completed month. */
    public boolean isTrial() {
        return kind == RunMode.DRY_RUN && is(RunStatus.COMPLETED);
    }

    public boolean canUndo() {
        return isLive() && (is(RunStatus.COMPLETED) || is(RunStatus.FAILED) || is(RunStatus.STOPPED));
    }

    private boolean is(RunStatus wanted) {
        return state == wanted;
    }

    /** Returns a CSS class. */
    public String style() {
        return isTrial() ? "status-trial" : "status-" + status.toLowerCase(Locale.ROOT);
    }
}
