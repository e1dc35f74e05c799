package io.creditrollover.report;

import io.creditrollover.run.RunSummary;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is told of a run, read in one snapshot.
 *
 * @param zone the business zone, in which dates are shown
 * @param runMonths this run last, before it the completed live runs of the eleven months before
 * @param paymentMonths twelve months, this one last
 * @param cameBack by month, where there was a run the month before
 * @param latePayments the first of them
 * @param setAside the first of them
 * @param expected what was forecast before the first write; null where the preflight was not reached
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
        @Nullable Expected expected) {

    /** Returns what this run did. */
    public RunMonth thisMonth() {
        return runMonths.get(runMonths.size() - 1);
    }

    /** Returns what the completed run of the month before did, where there was one. */
    public Optional<RunMonth> monthBefore() {
        LocalDate before = run.rolloverDate().minusMonths(1);
        return runMonths.stream().filter(m -> m.rolloverDate().equals(before)).findFirst();
    }

    /** Returns how many users paid just after they had expired, those not listed included. */
    public long latePaymentsTotal() {
        return latePayments.isEmpty() ? 0 : latePayments.get(0).total();
    }
}
