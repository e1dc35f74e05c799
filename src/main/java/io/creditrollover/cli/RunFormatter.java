package io.creditrollover.cli;

import io.creditrollover.report.ReportFormats;
import io.creditrollover.rollover.Totals;
import io.creditrollover.run.ForecastTotals;
import io.creditrollover.run.RunMode;
import io.creditrollover.run.RunOutcome;
import io.creditrollover.run.RunStatus;
import io.creditrollover.run.RunSummary;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

final class RunFormatter {
    private RunFormatter() {}

    static CommandResult of(RunOutcome outcome) {
        String remark = outcome.sentence() == null ? "" : outcome.sentence() + "\n";
        return switch (outcome.exitCode()) {
            case OK -> CommandResult.done(outcome.run(), remark + text(outcome.run()));
            default -> new CommandResult(outcome.exitCode(), outcome.run(), text(outcome.run()), outcome.sentence());
        };
    }

    /** A dry run prints only the sentence: the run's unchanged status would mislead. */
    static CommandResult ofReversal(RunOutcome outcome, boolean dryRun) {
        return dryRun ? CommandResult.done(outcome.run(), String.valueOf(outcome.sentence())) : of(outcome);
    }

    /** Adds why the run did not complete and how to resume it. */
    static CommandResult of(RunSummary run) {
        String message = run.message() == null ? "" : "\n\n" + run.message();
        boolean unfinished = run.status() == RunStatus.FAILED || run.status() == RunStatus.STOPPED;
        Long execution = run.executionId();
        String howToResume = unfinished && run.mode() != RunMode.REINSTATE && execution != null
                ? "\nResume with " + run.mode().commandToResume(execution) + "."
                : "";
        return CommandResult.done(run, text(run) + message + howToResume);
    }

    static String table(List<RunSummary> runs) {
        if (runs.isEmpty()) {
            return "No run yet.";
        }
        StringBuilder table = new StringBuilder(String.format(
                Locale.ROOT,
                "%-9s %-10s %-8s %-9s %12s %12s %12s %10s",
                "execution",
                "date",
                "mode",
                "status",
                "rolled over",
                "expired",
                "credits exp.",
                "skipped"));
        for (RunSummary run : runs) {
            Totals totals = run.totals();
            boolean decided = run.status() != RunStatus.BLOCKED && !addsBack(run);
            table.append(String.format(
                    Locale.ROOT,
                    "%n%-9s %-10s %-8s %-9s %12s %12s %12s %10s%s",
                    run.executionId() == null ? "-" : run.executionId(),
                    run.rolloverDate(),
                    run.mode().code(),
                    run.status(),
                    number(decided ? totals.usersRolledOver() : null),
                    number(decided ? totals.usersExpired() : null),
                    number(decided ? totals.creditsExpired() : null),
                    number(run.status() == RunStatus.BLOCKED ? null : totals.usersSkipped()),
                    addsBack(run) ? gaveBack(run.mode(), totals) : ""));
        }
        return table.toString();
    }

    private static boolean addsBack(RunSummary run) {
        return run.mode() == RunMode.UNDO || run.mode() == RunMode.REINSTATE;
    }

    private static String gaveBack(RunMode mode, Totals totals) {
        return String.format(
                Locale.ROOT,
                "  %s %,d credits of %,d users",
                words(mode),
                totals.creditsRolledOver(),
                totals.usersRolledOver());
    }

    private static String words(RunMode mode) {
        return mode == RunMode.UNDO ? "reversed" : "reinstated";
    }

    private static String number(@Nullable Long figure) {
        return figure == null ? "-" : ReportFormats.number(figure);
    }

    private static String text(RunSummary run) {
        if (run.runId() == null) {
            return "";
        }
        String title = String.format(
                Locale.ROOT,
                "%s of %s: %s (run %d, execution %s)",
                title(run.mode()),
                run.rolloverDate(),
                run.status(),
                run.runId(),
                run.executionId());
        if (run.status() == RunStatus.BLOCKED) {
            return title + blocked(run.forecast());
        }
        return addsBack(run) ? title + givenBack(run.mode(), run.totals()) : title + decided(run.totals());
    }

    private static String title(RunMode mode) {
        return switch (mode) {
            case LIVE -> "Rollover";
            case UNDO -> "Undo";
            case REINSTATE -> "Reinstatement";
            default -> "Rollover (" + mode.code() + ")";
        };
    }

    private static String decided(Totals totals) {
        return head()
                + line("rolled over", totals.usersRolledOver(), totals.creditsRolledOver())
                + line("expired", totals.usersExpired(), totals.creditsExpired())
                + line("skipped", totals.usersSkipped(), null);
    }

    private static String givenBack(RunMode mode, Totals totals) {
        return head()
                + line(words(mode), totals.usersRolledOver(), totals.creditsRolledOver())
                + line("skipped", totals.usersSkipped(), null);
    }

    /** A blocked run has no totals; shows its forecast. */
    private static String blocked(@Nullable ForecastTotals forecast) {
        return forecast == null
                ? ""
                : head()
                        + line("would roll over", forecast.usersRolledOver(), forecast.creditsRolledOver())
                        + line("would expire", forecast.usersExpired(), forecast.creditsExpired())
                        + line("would be skipped", forecast.usersSkipped(), null);
    }

    private static String head() {
        return String.format(Locale.ROOT, "%n%n%-18s %10s %14s", "", "users", "credits");
    }

    private static String line(String what, long users, @Nullable Long credits) {
        return String.format(
                Locale.ROOT,
                "%n%-18s %,10d%s",
                what,
                users,
                credits == null ? "" : String.format(Locale.ROOT, " %,14d", credits));
    }
}
