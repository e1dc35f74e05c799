package io.creditrollover.report;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The month beside the months before, the latest first in tables and last in charts. */
final class MonthSections {
    private MonthSections() {}

    static Section runs(RunFigures figures) {
        List<List<String>> rows = latestFirst(figures).stream()
                .map(month -> List.of(
                        Shown.month(month.rolloverDate()),
                        Shown.number(month.usersRolledOver()),
                        Shown.number(month.usersExpired()),
                        Shown.percent(month.expiredUsersShare()),
                        Shown.number(month.creditsRolledOver()),
                        Shown.number(month.creditsExpired()),
                        Shown.number(month.usersSkipped())))
                .toList();
        return Section.figures(
                        "The last twelve months",
                        List.of("This run and the completed live runs before it, by rollover date."),
                        List.of(
                                "Month",
                                "Kept (users)",
                                "Expired (users)",
                                "Expired share",
                                "Kept (credits)",
                                "Expired (credits)",
                                "Set aside"),
                        rows)
                .with(credits(figures));
    }

    static Section revenue(RunFigures figures) {
        List<List<String>> rows = latestFirst(figures).stream()
                .map(month -> List.of(
                        Shown.month(month.rolloverDate()),
                        Shown.inr(month.revenueProtectedPaise()),
                        Shown.inr(month.revenueAtRiskPaise()),
                        Shown.inr(month.expiredValuePaise())))
                .toList();
        return Section.figures(
                        "Revenue",
                        List.of(RunMonth.REVENUE_PROTECTED, RunMonth.REVENUE_AT_RISK, RunMonth.EXPIRED_VALUE),
                        List.of("Month", "Protected", "At risk", "Value expired (estimate)"),
                        rows)
                .with(money(figures));
    }

    static Section customers(RunFigures figures) {
        List<List<String>> rows = new ArrayList<>();
        List<PaymentMonth> months = figures.paymentMonths();
        for (int i = months.size() - 1; i >= 0; i--) {
            PaymentMonth month = months.get(i);
            rows.add(List.of(
                    Shown.month(month.rolloverDate()),
                    of(month.usersConverted(), month.usersOnOtherPlans()),
                    cameBack(figures, month.rolloverDate()),
                    Shown.number(month.usersRenewed()),
                    Shown.inr(month.renewedPaise())));
        }
        return Section.figures(
                "Customers",
                List.of(
                        PaymentMonth.CONVERSION,
                        CameBack.MEANING,
                        PaymentMonth.RENEWALS,
                        "Each line is the calendar month that ends at that rollover date."),
                List.of("Month", "Conversion", "Came back", "Renewals", "Renewed"),
                rows);
    }

    private static String cameBack(RunFigures figures, LocalDate date) {
        Optional<CameBack> month = figures.cameBack().stream()
                .filter(m -> m.rolloverDate().equals(date))
                .findFirst();
        return month.map(m -> of(m.usersCameBack(), m.usersExpiredBefore())).orElse(Shown.NOTHING);
    }

    private static String of(long part, long whole) {
        return Shown.number(part) + " of " + Shown.number(whole);
    }

    /** Returns the credits of twelve months as a chart. */
    static BarChart credits(RunFigures figures) {
        return new BarChart(
                "Credits",
                "rolled over",
                "expired",
                figures.runMonths().stream()
                        .map(m -> new BarChart.Month(
                                Shown.month(m.rolloverDate()), m.creditsRolledOver(), m.creditsExpired()))
                        .toList());
    }

    private static BarChart money(RunFigures figures) {
        return new BarChart(
                "Revenue, INR",
                "protected",
                "at risk",
                figures.runMonths().stream()
                        .map(m -> new BarChart.Month(
                                Shown.month(m.rolloverDate()),
                                Math.max(0, m.revenueProtectedPaise() / 100),
                                Math.max(0, m.revenueAtRiskPaise() / 100)))
                        .toList());
    }

    private static List<RunMonth> latestFirst(RunFigures figures) {
        return figures.runMonths().stream()
                .sorted(Comparator.comparing(RunMonth::rolloverDate).reversed())
                .toList();
    }
}
