package io.creditrollover.report;

import io.creditrollover.report.ReportPage.KeyNumber;
import io.creditrollover.run.ForecastTotals;
import io.creditrollover.run.RunStatus;
import io.creditrollover.run.RunSummary;
import java.util.List;
import java.util.function.Function;

/** A run in three numbers: its totals, a blocked run's forecast, or what an undo or reinstatement gave back. */
final class KeyNumbers {
    private KeyNumbers() {}

    static List<KeyNumber> of(RunFigures figures) {
        RunSummary run = figures.run();
        if (run.status() == RunStatus.BLOCKED && run.forecast() != null) {
            return foreseen(figures, run.forecast());
        }
        return run.creditsReinstated() != null ? givenBack(run) : done(figures);
    }

    private static List<KeyNumber> done(RunFigures figures) {
        RunMonth month = figures.thisMonth();
        return List.of(
                number(
                        figures,
                        "Users who kept their credits",
                        month.usersRolledOver(),
                        credits(month.creditsRolledOver()),
                        RunMonth::usersRolledOver),
                number(
                        figures,
                        "Users whose credits expired",
                        month.usersExpired(),
                        credits(month.creditsExpired()),
                        RunMonth::usersExpired),
                new KeyNumber(
                        "Revenue protected",
                        ReportFormats.inr(month.revenueProtectedPaise()),
                        ReportFormats.inr(month.revenueAtRiskPaise()) + " at risk",
                        before(figures, m -> ReportFormats.inr(m.revenueProtectedPaise()))));
    }

    private static List<KeyNumber> foreseen(RunFigures figures, ForecastTotals forecast) {
        return List.of(
                number(
                        figures,
                        "Would keep their credits",
                        forecast.usersRolledOver(),
                        credits(forecast.creditsRolledOver()) + " (forecast)",
                        RunMonth::usersRolledOver),
                number(
                        figures,
                        "Would lose credits",
                        forecast.usersExpired(),
                        credits(forecast.creditsExpired()) + " (forecast)",
                        RunMonth::usersExpired),
                number(
                        figures,
                        "Would be set aside",
                        forecast.usersSkipped(),
                        "users (forecast)",
                        RunMonth::usersSkipped));
    }

    private static List<KeyNumber> givenBack(RunSummary undo) {
        return List.of(
                new KeyNumber("Users given back to", ReportFormats.number(undo.usersRolledOver()), "", ""),
                new KeyNumber("Credits given back", ReportFormats.number(undo.creditsRolledOver()), "", ""),
                new KeyNumber("Users set aside", ReportFormats.number(undo.usersSkipped()), "", ""));
    }

    private static KeyNumber number(
            RunFigures figures, String label, long value, String detail, Function<RunMonth, Long> earlier) {
        return new KeyNumber(
                label,
                ReportFormats.number(value),
                detail,
                before(figures, m -> ReportFormats.number(earlier.apply(m))));
    }

    private static String credits(long credits) {
        return ReportFormats.number(credits) + " credits";
    }

    private static String before(RunFigures figures, Function<RunMonth, String> figure) {
        return figures.monthBefore()
                .map(m -> figure.apply(m) + " a month before")
                .orElse("");
    }
}
