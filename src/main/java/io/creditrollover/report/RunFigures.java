package io.creditrollover.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.creditrollover.run.ForecastTotals;
import io.creditrollover.run.RunSummary;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All figures of a run. Of an ended run its own are those stored at its end.
 *
 * @param zone business zone for dates
 * @param money format of amounts
 * @param asOf when the run's own figures were computed; null if none are stored: then only totals are known
 * @param countedAt when late payments, win-back and notices were counted; null if they are those stored
 * @param open whether the run belongs to the last two months; late payments are counted only then
 * @param decisionsThere false for a dry run whose decisions were removed
 * @param runMonths completed live runs of the eleven months before, then this run
 * @param paymentMonths twelve months, this one last
 * @param cameBack by month, if there was a run the month before
 * @param latePayments the first ones
 * @param skippedUsers the first ones
 * @param difference null if no figures are stored
 * @param expected null if preflight was not reached
 * @param reinstated by month and reason
 * @param notices who was told of the expiry, and then renewed
 */
public record RunFigures(
        RunSummary run,
        ZoneId zone,
        Money money,
        @Nullable Instant asOf,
        @Nullable Instant countedAt,
        boolean open,
        boolean decisionsThere,
        List<DecisionLine> lines,
        List<RunMonth> runMonths,
        List<PaymentMonth> paymentMonths,
        List<WinBack> cameBack,
        List<LatePayment> latePayments,
        @JsonProperty("setAside") List<SkippedUser> skippedUsers,
        @Nullable ReconciliationDifference difference,
        @Nullable Expected expected,
        List<Reinstated> reinstated,
        NoticeConversion notices) {
    /** The forecast before a run's first write. Expired credits include caps. */
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

    /** Returns the estimated value of the credits reinstated in a month. */
    long reinstatedPaise(LocalDate rolloverDate) {
        return reinstated.stream()
                .filter(line -> line.rolloverDate().equals(rolloverDate))
                .mapToLong(Reinstated::valuePaise)
                .sum();
    }
}
