package io.creditrollover.cli;

import io.creditrollover.run.RunOutcome;
import io.creditrollover.run.RunSummary;
import java.util.List;
import java.util.Locale;

/** Runs in words and figures for the terminal. */
final class RunAnswers {
    private RunAnswers() {}

    static Answer of(RunOutcome outcome) {
        String remark = outcome.sentence() == null ? "" : outcome.sentence() + "\n";
        return switch (outcome.exitCode()) {
            case OK -> Answer.done(outcome.run(), remark + text(outcome.run()));
            default -> new Answer(outcome.exitCode(), outcome.run(), text(outcome.run()), outcome.sentence());
        };
    }

    static Answer of(RunSummary run) {
        return Answer.done(run, text(run));
    }

    static String table(List<RunSummary> runs) {
        if (runs.isEmpty()) {
            return "No run yet.";
        }
        StringBuilder table = new StringBuilder(String.format(
                "%-9s %-10s %-8s %-9s %12s %12s %12s %10s",
                "execution", "date", "mode", "status", "rolled over", "expired", "credits exp.", "set aside"));
        for (RunSummary run : runs) {
            table.append(String.format(
                    Locale.ROOT,
                    "%n%-9s %-10s %-8s %-9s %,12d %,12d %,12d %,10d",
                    run.executionId() == null ? "-" : run.executionId(),
                    run.rolloverDate(),
                    run.mode(),
                    run.status(),
                    run.usersRolledOver(),
                    run.usersExpired(),
                    run.creditsExpired(),
                    run.usersSkipped()));
        }
        return table.toString();
    }

    private static String text(RunSummary run) {
        if (run.runId() == null) {
            return "";
        }
        return String.format(
                Locale.ROOT,
                """
                %s of %s: %s (run %d, execution %s)

                              users        credits
                  rolled over %,10d %,14d
                  expired     %,10d %,14d
                  set aside   %,10d""",
                run.mode().equals("live") ? "Rollover" : "Rollover (" + run.mode() + ")",
                run.rolloverDate(),
                run.status(),
                run.runId(),
                run.executionId(),
                run.usersRolledOver(),
                run.creditsRolledOver(),
                run.usersExpired(),
                run.creditsExpired(),
                run.usersSkipped());
    }
}
