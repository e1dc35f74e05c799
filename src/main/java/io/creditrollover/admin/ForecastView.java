package io.creditrollover.admin;

import io.creditrollover.report.Shown;
import io.creditrollover.run.Forecast;
import java.util.List;

/** A forecast in words. */
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
                Shown.number(outlook.figures().usersProcessed()),
                Shown.number(outlook.figures().usersRolledOver()),
                Shown.number(outlook.figures().usersExpired()),
                Shown.percent(share(
                        outlook.figures().usersExpired(), outlook.figures().usersProcessed())),
                Shown.number(outlook.figures().usersSkipped()),
                Shown.number(outlook.figures().creditsExpired()),
                Shown.inr(outlook.figures().expiredValuePaise()),
                outlook.wouldBlock());
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
