package io.creditrollover.admin;

import io.creditrollover.report.ReportFormats;
import io.creditrollover.rollover.Totals;
import io.creditrollover.run.Forecast;
import io.creditrollover.run.Renewals;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * @param early whether users may still pay before the cut-off; a month that is not due shows no safety limits
 * @param paid users who paid, this calendar month first; empty where nothing tells
 */
record ForecastView(
        String month,
        String users,
        String rolledOver,
        String expired,
        String expiredShare,
        String skipped,
        String creditsExpired,
        long value,
        List<String> wouldBlock,
        boolean early,
        String cutoff,
        List<Paid> paid) {
    /** Users who paid in a calendar month. {@code inAll} is a dash for the current month. */
    record Paid(String month, String byThisDay, String inAll) {}

    static ForecastView of(Forecast forecast, Instant asOf) {
        boolean early = forecast.isEarly(asOf);
        Totals totals = forecast.figures().totals();
        return new ForecastView(
                Formats.month(forecast.rolloverDate()),
                ReportFormats.number(totals.usersProcessed()),
                ReportFormats.number(totals.usersRolledOver()),
                ReportFormats.number(totals.usersExpired()),
                ReportFormats.percent(share(totals.usersExpired(), totals.usersProcessed())),
                ReportFormats.number(totals.usersSkipped()),
                ReportFormats.number(totals.creditsExpired()),
                forecast.figures().expiredValuePaise(),
                early
                        ? List.of()
                        : forecast.exceeded().stream().map(LimitsView::sentence).toList(),
                early,
                Formats.day(forecast.rolloverDate()),
                forecast.renewals() == null ? List.of() : paid(forecast.renewals()));
    }

    private static List<Paid> paid(Renewals renewals) {
        List<Paid> months = new ArrayList<>();
        months.add(new Paid(Formats.month(renewals.since()) + ", so far", ReportFormats.number(renewals.users()), "–"));
        renewals.earlier()
                .forEach(month -> months.add(new Paid(
                        Formats.month(month.since()),
                        ReportFormats.number(month.usersByThen()),
                        ReportFormats.number(month.usersInAll()))));
        return months;
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
