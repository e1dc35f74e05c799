package io.creditrollover.cli;

import io.creditrollover.run.Forecast;
import io.creditrollover.run.ForecastFigures;
import java.util.Comparator;
import java.util.Locale;

final class ForecastFormatter {
    private ForecastFormatter() {}

    static String of(Forecast outlook) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "Forecast for %s (cut-off %s 00:00 %s), if it ran now%n%n%-12s %-24s %-12s %10s %12s %12s %14s%n",
                outlook.rolloverDate(),
                outlook.rolloverDate(),
                outlook.zone(),
                "action",
                "reason",
                "plan",
                "users",
                "credits",
                "would expire",
                "worth INR"));
        outlook.figures().lines().stream()
                .sorted(Comparator.comparing(ForecastFigures.Line::action)
                        .reversed()
                        .thenComparing(ForecastFigures.Line::reasonCode))
                .forEach(line -> text.append(line(line)));
        text.append(total(outlook.figures()));
        outlook.wouldBlock()
                .forEach(limit ->
                        text.append("\nWould block a live run: ").append(limit).append('.'));
        outlook.notApplied().forEach(limit -> text.append('\n').append(limit));
        return text.toString();
    }

    private static String line(ForecastFigures.Line line) {
        return String.format(
                Locale.ROOT,
                "%-12s %-24s %-12s %,10d %,12d %,12d %,14.0f%n",
                line.action(),
                line.reasonCode(),
                line.planType() == null ? "-" : line.planType(),
                line.users(),
                line.creditsBefore(),
                line.creditsBefore() - line.creditsAfter(),
                line.expiredValuePaise() / 100.0);
    }

    private static String total(ForecastFigures figures) {
        String awaiting = figures.usersAwaitingPayment() == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%n%,d of them have a pending payment and would be postponed.",
                        figures.usersAwaitingPayment());
        return String.format(
                        Locale.ROOT,
                        "%-50s %,10d %,12d %,12d %,14.0f",
                        "total",
                        figures.totals().usersProcessed(),
                        figures.totals().creditsBefore(),
                        figures.totals().creditsExpired(),
                        figures.expiredValuePaise() / 100.0)
                + awaiting;
    }
}
