package io.creditrollover.report;

import io.creditrollover.run.RunStatus;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Tables show the latest month first, charts last. */
final class MonthSections {
    private static final int MONTHS = 12;

    private MonthSections() {}

    static Section runs(RunFigures figures) {
        List<List<String>> rows = rows(
                figures,
                6,
                month -> List.of(
                        ReportFormats.number(month.totals().usersRolledOver()),
                        ReportFormats.number(month.totals().usersExpired()),
                        ReportFormats.percent(month.expiredUsersShare()),
                        ReportFormats.number(month.totals().creditsRolledOver()),
                        ReportFormats.number(month.totals().creditsExpired()),
                        ReportFormats.number(month.totals().usersSkipped())));
        return Section.figures(
                        "The last twelve months",
                        List.of("This run and the completed live runs before it, by rollover date."),
                        List.of(
                                "Month",
                                "Rolled over (users)",
                                "Expired (users)",
                                "Expired share",
                                "Rolled over (credits)",
                                "Expired (credits)",
                                "Skipped"),
                        rows)
                .with(credits(figures));
    }

    private static @Nullable Long expiredValue(RunFigures figures, RunMonth month) {
        Long value = month.expiredValuePaise();
        return value == null ? null : Long.valueOf(value - figures.reinstatedPaise(month.rolloverDate()));
    }

    static Section revenue(RunFigures figures) {
        List<List<String>> rows = rows(
                figures,
                3,
                month -> List.of(
                        figures.money().orDash(month.revenueProtectedPaise()),
                        figures.money().orDash(month.revenueAtRiskPaise()),
                        figures.money().orDash(expiredValue(figures, month))));
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
        int first = 0;
        while (first < months.size() - 1 && isBeforeTheFirstPayment(months.get(first), figures)) {
            first++;
        }
        for (int i = months.size() - 1; i >= first; i--) {
            PaymentMonth month = months.get(i);
            rows.add(List.of(
                    ReportFormats.month(month.rolloverDate()),
                    of(month.usersConverted(), month.usersOnOtherPlans()),
                    cameBack(figures, month.rolloverDate()),
                    ReportFormats.number(month.usersRenewed()),
                    figures.money().orDash(month.renewedPaise())));
        }
        return Section.figures(
                "Customers",
                List.of(
                        PaymentMonth.CONVERSION,
                        WinBack.MEANING,
                        PaymentMonth.RENEWALS,
                        "Each row is the calendar month before that rollover date."),
                List.of("Month", "Conversion", "Win-back", "Renewals", "Renewed"),
                rows);
    }

    /** A new host would have eleven empty lines. */
    private static boolean isBeforeTheFirstPayment(PaymentMonth month, RunFigures figures) {
        return month.usersOnOtherPlans() == 0
                && month.usersRenewed() == 0
                && figures.cameBack().stream().noneMatch(m -> !m.rolloverDate().isAfter(month.rolloverDate()));
    }

    private static String cameBack(RunFigures figures, LocalDate date) {
        Optional<WinBack> month = figures.cameBack().stream()
                .filter(m -> m.rolloverDate().equals(date))
                .findFirst();
        return month.map(m -> of(m.usersCameBack(), m.usersExpiredBefore())).orElse(ReportFormats.NOTHING);
    }

    private static String of(long part, long whole) {
        return ReportFormats.number(part) + " of " + ReportFormats.number(whole);
    }

    private static BarChart credits(RunFigures figures) {
        return chart(
                figures, "Credits", "rolled over", "expired", m -> m.totals().creditsRolledOver(), m -> m.totals()
                        .creditsExpired());
    }

    private static BarChart money(RunFigures figures) {
        return chart(
                figures,
                "Revenue, " + figures.money().currency().getCurrencyCode(),
                "protected",
                "at risk",
                m -> wholeUnits(m.revenueProtectedPaise()),
                m -> wholeUnits(m.revenueAtRiskPaise()));
    }

    private static long wholeUnits(@Nullable Long minor) {
        return minor == null ? 0 : minor / 100;
    }

    private static BarChart chart(
            RunFigures figures,
            String title,
            String lower,
            String upper,
            ToLongFunction<RunMonth> lowerPart,
            ToLongFunction<RunMonth> upperPart) {
        List<BarChart.Month> months = new ArrayList<>();
        for (int back = MONTHS - 1; back >= 0; back--) {
            LocalDate date = figures.run().rolloverDate().minusMonths(back);
            Optional<RunMonth> month = runOf(figures, date);
            months.add(new BarChart.Month(
                    ReportFormats.month(date),
                    ReportFormats.shortMonth(date),
                    month.map(m -> Math.max(0, lowerPart.applyAsLong(m))).orElse(0L),
                    month.map(m -> Math.max(0, upperPart.applyAsLong(m))).orElse(0L)));
        }
        return new BarChart(title, lower, upper, months);
    }

    /** A month without a run shows as missing. */
    private static List<List<String>> rows(
            RunFigures figures, int columns, Function<RunMonth, List<String>> figuresOf) {
        LocalDate first = figures.runMonths().get(0).rolloverDate();
        List<List<String>> rows = new ArrayList<>();
        for (LocalDate date = figures.run().rolloverDate(); !date.isBefore(first); date = date.minusMonths(1)) {
            List<String> row = new ArrayList<>(List.of(ReportFormats.month(date)));
            row.addAll(runOf(figures, date).map(figuresOf).orElse(Collections.nCopies(columns, ReportFormats.NOTHING)));
            rows.add(row);
        }
        return rows;
    }

    /** A blocked run, an undo or a reinstatement decided nothing; zeros would mislead. */
    private static Optional<RunMonth> runOf(RunFigures figures, LocalDate date) {
        boolean decided =
                figures.run().status() != RunStatus.BLOCKED && figures.run().creditsReinstated() == null;
        boolean nothing = !decided && date.equals(figures.run().rolloverDate());
        return figures.runMonths().stream()
                .filter(month -> !nothing && month.rolloverDate().equals(date))
                .findFirst();
    }
}
