package io.creditrollover.admin;

import io.creditrollover.report.ReportFormats;
import io.creditrollover.rollover.Totals;
import io.creditrollover.run.RunRow;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A dry run beside the last month, for the person who approves it.
 *
 * @param lastMonth its name; null if none completed
 * @param credits that would expire, as the approver types it
 * @param reasons users and credits by reason, as forecast before the dry run
 */
record ReviewView(@Nullable String lastMonth, List<Row> rows, List<Reason> reasons, LimitsView limits, String credits) {
    record Row(String what, String now, String before, String change) {}

    record Reason(String action, String reason, String users, String credits) {}

    static ReviewView of(Totals now, @Nullable RunRow before, List<Reason> reasons, LimitsView limits) {
        Totals then = before == null ? null : before.totals();
        return new ReviewView(
                before == null ? null : Formats.month(before.date()),
                List.of(
                        row("Users who expire", now, then, Totals::usersExpired),
                        row("Credits that expire", now, then, Totals::creditsExpired),
                        row("Users who roll over", now, then, Totals::usersRolledOver),
                        row("Credits that roll over", now, then, Totals::creditsRolledOver),
                        row("Users skipped", now, then, Totals::usersSkipped)),
                reasons,
                limits,
                String.valueOf(now.creditsExpired()));
    }

    private static Row row(String what, Totals now, @Nullable Totals then, ToLongFunction<Totals> figure) {
        long value = figure.applyAsLong(now);
        if (then == null) {
            return new Row(what, ReportFormats.number(value), "–", "–");
        }
        long before = figure.applyAsLong(then);
        String change = before == 0
                ? (value == 0 ? "no change" : "new")
                : String.format(Locale.ROOT, "%+.0f %%", ((double) value / before - 1) * 100);
        return new Row(what, ReportFormats.number(value), ReportFormats.number(before), change);
    }
}
