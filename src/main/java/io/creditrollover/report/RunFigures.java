package io.creditrollover.report;

import io.creditrollover.run.ForecastTotals;
import io.creditrollover.run.RunSummary;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All figures of a run, from one snapshot.
 *
 * @param zone business zone for dates
 * @param runMonths completed live runs of the eleven months before, then this run
 * @param paymentMonths twelve months, this one last
 * @param cameBack by month, if there was a run the month before
 * @param latePayments the first ones
 * @param setAside the first skipped users
 * @param notices who was told of the expiry, and then renewed
 * @param expected null if preflight was not reached
 */
public record RunFigures(
        RunSummary run,
        ZoneId zone,
        List<DecisionLine> lines,
        List<RunMonth> runMonths,
        List<PaymentMonth> paymentMonths,
        List<WinBack> cameBack,
        List<LatePayment> latePayments,
        List<SkippedUser> setAside,
        ReconciliationDifference difference,
        NoticeConversion notices,
        @Nullable Expected expected) {
    /**
     * Forecast before a run's first write.
     *
     * @param usersExpired users expected to lose credits by expiry
     * @param creditsExpired caps included
     */
    public record Expected(long usersExpired, long creditsExpired) {
        static @Nullable Expected of(@Nullable ForecastTotals forecast) {
            return forecast == null ? null : new Expected(forecast.usersExpired(), forecast.creditsExpired());
        }
    }

    public RunMonth thisMonth() {
        return runMonths.get(runMonths.size() - 1);
    }

    /** Returns the completed run of the month before. */
    public Optional<RunMonth> monthBefore() {
        LocalDate before = run.rolloverDate().minusMonths(1);
        return runMonths.stream().filter(m -> m.rolloverDate().equals(before)).findFirst();
    }

    /** Counts unlisted users too. */
    public long latePaymentsTotal() {
        return latePayments.isEmpty() ? 0 : latePayments.get(0).total();
    }
}
