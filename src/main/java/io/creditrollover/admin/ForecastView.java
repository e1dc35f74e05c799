package io.creditrollover.admin;

import io.creditrollover.report.ReportFormats;
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
        String value,
        List<String> wouldBlock) {
    static ForecastView of(Forecast outlook) {
        return new ForecastView(
                Formats.month(outlook.rolloverDate()),
                ReportFormats.number(outlook.figures().usersProcessed()),
                ReportFormats.number(outlook.figures().usersRolledOver()),
                ReportFormats.number(outlook.figures().usersExpired()),
                ReportFormats.percent(share(
                        outlook.figures().usersExpired(), outlook.figures().usersProcessed())),
                ReportFormats.number(outlook.figures().usersSkipped()),
                ReportFormats.number(outlook.figures().creditsExpired()),
                ReportFormats.inr(outlook.figures().expiredValuePaise()),
                outlook.wouldBlock());
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
