package io.creditrollover.report;

import io.creditrollover.report.ReportPage.KeyNumber;
import io.creditrollover.rollover.Totals;
import io.creditrollover.run.ForecastTotals;
import io.creditrollover.run.RunMode;
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
            return expected(figures, run.forecast());
        }
        return run.creditsReinstated() != null ? givenBack(run) : done(figures);
    }

    private static List<KeyNumber> done(RunFigures figures) {
        RunMonth month = figures.thisMonth();
        Totals totals = month.totals();
        Money money = figures.money();
        return List.of(
                number(
                        figures,
                        "Users whose credits rolled over",
                        totals.usersRolledOver(),
                        credits(totals.creditsRolledOver()),
                        Totals::usersRolledOver),
                number(
                        figures,
                        "Users expired",
                        totals.usersExpired(),
                        credits(totals.creditsExpired()),
                        Totals::usersExpired),
                new KeyNumber(
                        "Revenue protected",
                        money.orDash(month.revenueProtectedPaise()),
                        money.orDash(month.revenueAtRiskPaise()) + " at risk",
                        before(figures, m -> money.orDash(m.revenueProtectedPaise()))));
    }

    private static List<KeyNumber> expected(RunFigures figures, ForecastTotals forecast) {
        return List.of(
                number(
                        figures,
                        "Would roll over",
                        forecast.usersRolledOver(),
                        credits(forecast.creditsRolledOver()) + " (forecast)",
                        Totals::usersRolledOver),
                number(
                        figures,
                        "Would expire",
                        forecast.usersExpired(),
                        credits(forecast.creditsExpired()) + " (forecast)",
                        Totals::usersExpired),
                number(figures, "Would be skipped", forecast.usersSkipped(), "users (forecast)", Totals::usersSkipped));
    }

    private static List<KeyNumber> givenBack(RunSummary run) {
        Totals totals = run.totals();
        String done = run.mode() == RunMode.REINSTATE ? "reinstated" : "reversed";
        return List.of(
                new KeyNumber(
                        "Users with " + done + " credits", ReportFormats.number(totals.usersRolledOver()), "", ""),
                new KeyNumber("Credits " + done, ReportFormats.number(totals.creditsRolledOver()), "", ""),
                new KeyNumber("Users skipped", ReportFormats.number(totals.usersSkipped()), "", ""));
    }

    private static KeyNumber number(
            RunFigures figures, String label, long value, String detail, Function<Totals, Long> earlier) {
        return new KeyNumber(
                label,
                ReportFormats.number(value),
                detail,
                before(figures, m -> ReportFormats.number(earlier.apply(m.totals()))));
    }

    private static String credits(long credits) {
        return ReportFormats.number(credits) + " credits";
    }

    private static String before(RunFigures figures, Function<RunMonth, String> figure) {
        return figures.monthBefore()
                .map(m -> figure.apply(m) + " in the month before")
                .orElse("");
    }
}
