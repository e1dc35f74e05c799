package io.creditrollover.cli;

import io.creditrollover.report.Money;
import io.creditrollover.run.Forecast;
import io.creditrollover.run.ForecastFigures;
import io.creditrollover.run.Renewals;
import java.util.Comparator;
import java.util.Locale;

final class ForecastFormatter {
    private ForecastFormatter() {}

    static String of(Forecast forecast, Money money) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "Forecast for %s (cut-off %s 00:00 %s), if it ran now%n%n%-12s %-24s %-12s %10s %12s %12s %14s%n",
                forecast.rolloverDate(),
                forecast.rolloverDate(),
                forecast.zone(),
                "action",
                "reason",
                "plan",
                "users",
                "credits",
                "would expire",
                "worth"));
        forecast.figures().lines().stream()
                .sorted(Comparator.comparing(ForecastFigures.Line::action)
                        .reversed()
                        .thenComparing(ForecastFigures.Line::reasonCode))
                .forEach(line -> text.append(line(line, money)));
        text.append(total(forecast.figures(), money));
        if (forecast.renewals() != null) {
            text.append(early(forecast, forecast.renewals()));
        }
        forecast.wouldBlock()
                .forEach(limit ->
                        text.append("\nWould block a live run: ").append(limit).append('.'));
        forecast.notApplied().forEach(limit -> text.append('\n').append(limit));
        return text.toString();
    }

    private static String early(Forecast forecast, Renewals renewals) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%n%nThis month is not over. Users who still pay before %s count as expired.%n"
                        + "Users who have paid for an eligible plan since %s: %,d.",
                forecast.rolloverDate(),
                renewals.since(),
                renewals.users()));
        renewals.earlier()
                .forEach(month -> text.append(String.format(
                        Locale.ROOT,
                        "%nOf the month from %s, by the same day: %,d; in all: %,d.",
                        month.since(),
                        month.usersByThen(),
                        month.usersInAll())));
        return text.toString();
    }

    private static String line(ForecastFigures.Line line, Money money) {
        return String.format(
                Locale.ROOT,
                "%-12s %-24s %-12s %,10d %,12d %,12d %14s%n",
                line.action(),
                line.reasonCode(),
                line.planType() == null ? "-" : line.planType(),
                line.users(),
                line.creditsBefore(),
                line.creditsBefore() - line.creditsAfter(),
                money.of(line.expiredValuePaise()));
    }

    private static String total(ForecastFigures figures, Money money) {
        String awaiting = figures.usersAwaitingPayment() == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%n%,d of them have a pending payment and would be postponed.",
                        figures.usersAwaitingPayment());
        return String.format(
                        Locale.ROOT,
                        "%-50s %,10d %,12d %,12d %14s",
                        "total",
                        figures.totals().usersProcessed(),
                        figures.totals().creditsBefore(),
                        figures.totals().creditsExpired(),
                        money.of(figures.expiredValuePaise()))
                + awaiting;
    }
}
