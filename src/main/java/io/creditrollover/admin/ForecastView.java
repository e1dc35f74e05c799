package io.creditrollover.admin;

import io.creditrollover.report.ReportFormats;
import io.creditrollover.rollover.Totals;
import io.creditrollover.run.Forecast;
import java.util.List;

record ForecastView(
        String month,
        String users,
        String rolledOver,
        String expired,
        String expiredShare,
        String setAside,
        String creditsExpired,
        long value,
        List<String> wouldBlock) {
    static ForecastView of(Forecast outlook) {
        Totals totals = outlook.figures().totals();
        return new ForecastView(
                Formats.month(outlook.rolloverDate()),
                ReportFormats.number(totals.usersProcessed()),
                ReportFormats.number(totals.usersRolledOver()),
                ReportFormats.number(totals.usersExpired()),
                ReportFormats.percent(share(totals.usersExpired(), totals.usersProcessed())),
                ReportFormats.number(totals.usersSkipped()),
                ReportFormats.number(totals.creditsExpired()),
                outlook.figures().expiredValuePaise(),
                outlook.wouldBlock().stream().map(LimitWords::plain).toList());
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
