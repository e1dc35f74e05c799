package io.creditrollover.admin;

import io.creditrollover.report.ReportFormats;
import io.creditrollover.run.RunStatus;
import io.creditrollover.run.RunSummary;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** @param percent of the users in scope; 0 while unknown */
record RunView(
        @Nullable Long executionId,
        String title,
        String date,
        String mode,
        String status,
        String started,
        String finished,
        String processed,
        String total,
        int percent,
        String rolledOver,
        String expired,
        String setAside,
        String creditsBefore,
        String creditsKept,
        String creditsExpired,
        String requestedBy,
        @Nullable String approvedBy,
        @Nullable String reason,
        @Nullable String message) {
    private static final int WHOLE = 100;
    private static final Map<String, String> MODES =
            Map.of("live", "Live run", "dry-run", "Dry run", "undo", "Undo", "reinstate", "Reinstatement");

    static RunView of(RunSummary run, long total, Formats texts) {
        return new RunView(
                run.executionId(),
                Formats.month(run.rolloverDate()),
                run.rolloverDate().toString(),
                MODES.getOrDefault(run.mode(), run.mode()),
                run.status().name(),
                texts.time(run.startedAt()),
                texts.time(run.finishedAt()),
                ReportFormats.number(run.usersProcessed()),
                total == 0 ? "not known yet" : ReportFormats.number(total),
                total == 0 ? 0 : (int) Math.min(WHOLE, run.usersProcessed() * WHOLE / total),
                ReportFormats.number(run.usersRolledOver()),
                ReportFormats.number(run.usersExpired()),
                ReportFormats.number(run.usersSkipped()),
                ReportFormats.number(run.creditsBefore()),
                ReportFormats.number(run.creditsRolledOver()),
                ReportFormats.number(run.creditsExpired()),
                run.requestedBy(),
                run.approvedBy(),
                run.reason(),
                run.message());
    }

    public boolean isLive() {
        return mode.equals("Live run");
    }

    /** Also for a reinstatement: it shows the same figures, and does not restart. */
    public boolean isUndo() {
        return mode.equals("Undo") || mode.equals("Reinstatement");
    }

    public boolean isRunning() {
        return is(RunStatus.RUNNING);
    }

    public boolean canRestart() {
        return !isUndo() && (is(RunStatus.FAILED) || is(RunStatus.STOPPED) || is(RunStatus.BLOCKED) || isRunning());
    }

    public boolean canUndo() {
        return isLive() && (is(RunStatus.COMPLETED) || is(RunStatus.FAILED) || is(RunStatus.STOPPED));
    }

    public boolean canCarryOut() {
        return mode.equals("Dry run") && is(RunStatus.COMPLETED);
    }

    private boolean is(RunStatus wanted) {
        return status.equals(wanted.name());
    }

    /** Returns a CSS class. */
    public String style() {
        return "status-" + status.toLowerCase(Locale.ROOT);
    }

    /** Returns the text to type as confirmation. */
    public String confirmation() {
        return date;
    }
}
