package io.creditrollover.notify;

import io.creditrollover.report.NoticeConversion;
import io.creditrollover.report.RunMonth;
import io.creditrollover.rollover.Totals;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * The gauges. All values come from the database, so every process reports the same, also after a restart. Totals are
 * NaN before the first completed live run.
 */
@SuppressWarnings("ImmutableEnumChecker") // the functions have no state
public enum RunMetric {
    LAST_SUCCESS_DATE(
            "last.success.date",
            "seconds",
            "Rollover date of the last completed live run, epoch seconds at midnight UTC",
            r -> r.lastSuccessSeconds()),
    LAST_SUCCESS_FINISHED(
            "last.success.finished",
            "seconds",
            "End of the last completed live run, epoch seconds",
            r -> r.finishedSeconds()),
    MONTH_OVERDUE(
            "month.overdue",
            "",
            "1 when the current month has not run by the hour set in rollover.overdue-after",
            r -> r.overdue()),
    LAST_RUN_FAILED(
            "last.run.failed",
            "",
            "1 when the last live run failed or was stopped and is not resumed",
            r -> r.failed()),
    LAST_RUN_BLOCKED("last.run.blocked", "", "1 when a limit blocks the last live run", r -> r.blocked()),
    MAILS_PENDING("mails.pending", "", "Summary mails that no server has accepted yet", r -> r.mailsPending()),
    UNUSUAL_EXPIRY(
            "alert.unusual.expiry",
            "",
            "1 when the expired share is unusual compared with earlier months",
            r -> r.alert(Alert.Name.UNUSUAL_EXPIRY)),
    SKIPPED_OVER_LIMIT(
            "alert.set.aside",
            "",
            "1 when more users were skipped than rollover.skip-limit",
            r -> r.alert(Alert.Name.SKIPPED)),
    USERS_ROLLED_OVER("users.rolled.over", "", "Users whose credits rolled over", totals(Totals::usersRolledOver)),
    USERS_EXPIRED("users.expired", "", "Users expired", totals(Totals::usersExpired)),
    USERS_SKIPPED("users.skipped", "", "Users skipped", totals(Totals::usersSkipped)),
    CREDITS_ROLLED_OVER("credits.rolled.over", "", "Credits that rolled over", totals(Totals::creditsRolledOver)),
    CREDITS_EXPIRED("credits.expired", "", "Credits that expired, caps included", totals(Totals::creditsExpired)),
    USERS_REINSTATED("users.reinstated", "", "Users with expired credits of the month reinstated", r -> r.reinstated()
            .users()),
    CREDITS_REINSTATED(
            "credits.reinstated", "", "Expired credits of the month that were reinstated", r -> r.reinstated()
                    .credits()),
    REVENUE_PROTECTED(
            "revenue.protected",
            "paise",
            "Payments by which credits rolled over",
            month(RunMonth::revenueProtectedPaise)),
    REVENUE_AT_RISK(
            "revenue.at.risk",
            "paise",
            "Last payments of users who did not renew an eligible plan",
            month(RunMonth::revenueAtRiskPaise)),
    EXPIRED_VALUE(
            "expired.value.estimate",
            "paise",
            "Estimated value of the expired credits",
            month(RunMonth::expiredValuePaise)),
    RUN_DURATION("run.duration", "seconds", "From the start of the first attempt to the end", r -> r.durationSeconds()),
    RUN_CHUNKS("run.chunks", "", "Transactions that decided users, without sweeps", r -> r.chunks()),
    USERS_SWEPT("users.swept", "", "Users decided or skipped in sweeps", r -> r.usersSwept()),
    NOTICES_TOLD("notices.told", "", "Users told that credits would expire", notices(NoticeConversion::told)),
    NOTICES_RENEWED_BEFORE(
            "notices.renewed.before",
            "",
            "Users who were told and renewed before the cut-off",
            notices(NoticeConversion::renewedBefore)),
    NOTICES_RENEWED_AFTER(
            "notices.renewed.after",
            "",
            "Users who were told and renewed or bought after the cut-off",
            notices(NoticeConversion::renewedAfter)),
    NOTICES_EXPIRED("notices.expired", "", "Users who were told and lost credits", notices(NoticeConversion::expired)),
    DIFFERENCE_USERS(
            "reconciliation.difference.users",
            "",
            "Events and skips minus the run's totals, in users",
            r -> r.differenceUsers()),
    DIFFERENCE_CREDITS(
            "reconciliation.difference.credits",
            "",
            "Events minus the run's totals, in credits",
            r -> r.differenceCredits());

    private final String gauge;
    private final String unit;
    private final String meaning;
    private final ToDoubleFunction<RunMetricsSnapshot> value;

    RunMetric(String name, String unit, String meaning, ToDoubleFunction<RunMetricsSnapshot> value) {
        this.gauge = "credit.rollover." + name;
        this.unit = unit;
        this.meaning = meaning;
        this.value = value;
    }

    private static ToDoubleFunction<RunMetricsSnapshot> totals(Function<Totals, Long> figure) {
        return month(month -> figure.apply(month.totals()));
    }

    private static ToDoubleFunction<RunMetricsSnapshot> notices(Function<NoticeConversion, Long> figure) {
        return reading -> reading.notices().map(figure).map(Long::doubleValue).orElse(Double.NaN);
    }

    private static ToDoubleFunction<RunMetricsSnapshot> month(Function<RunMonth, Long> figure) {
        return reading -> reading.month().map(figure).map(Long::doubleValue).orElse(Double.NaN);
    }

    public String gauge() {
        return gauge;
    }

    String unit() {
        return unit;
    }

    String meaning() {
        return meaning;
    }

    double of(RunMetricsSnapshot reading) {
        return value.applyAsDouble(reading);
    }
}
