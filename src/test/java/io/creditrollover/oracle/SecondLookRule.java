package io.creditrollover.oracle;

import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Section 9 for one expiry: the table of section 4 again, on today's payments, with P as the event recorded it. */
final class SecondLookRule {

    private SecondLookRule() {}

    /**
     * What this expiry gets back.
     *
     * @param rules of the run, as it stored them
     * @param payments all payments of the user, as they are today
     * @param now when the payments are read
     * @param forgiven {@code rollover.reinstatement.window}; zero where late renewals are not forgiven
     */
    static Optional<OracleReinstatement> look(
            OracleRules rules, OracleExpiry expiry, List<OraclePayment> payments, Instant now, Period forgiven) {
        if (expiry.givenBackBefore()) {
            return Optional.empty();
        }
        List<OraclePayment> seen = datedBeforeTheDecision(expiry, payments);
        Optional<OracleReinstatement> late =
                difference(expiry, decide(rules, expiry, seen), OracleReinstatement.LATE_PAYMENT);
        List<OraclePayment> more = new ArrayList<>(seen);
        more.addAll(renewalsAfterTheDecision(rules, expiry, payments, now, forgiven));
        if (more.size() == seen.size()) {
            return late;
        }
        Optional<OracleReinstatement> renewed =
                difference(expiry, decide(rules, expiry, more), OracleReinstatement.RENEWED_LATE);
        long byLate = late.map(OracleReinstatement::credits).orElse(0L);
        return renewed.filter(r -> r.credits() > byLate).or(() -> late);
    }

    /** Whether a paid payment dated between C and the decision has credits that the event did not protect. */
    static boolean boughtMeanwhile(OracleRules rules, OracleExpiry expiry, List<OraclePayment> payments) {
        long bought = 0;
        for (OraclePayment payment : payments) {
            Long added = payment.creditsAdded();
            if (payment.paid()
                    && added != null
                    && payment.atOrAfter(rules.cutoff())
                    && payment.before(expiry.decidedAt())) {
                bought += added;
            }
        }
        return bought > expiry.creditsProtected();
    }

    /** Those without a usable date are kept, since they make the user undecidable. */
    private static List<OraclePayment> datedBeforeTheDecision(OracleExpiry expiry, List<OraclePayment> payments) {
        return payments.stream()
                .filter(payment -> !payment.dated() || payment.before(expiry.decidedAt()))
                .toList();
    }

    private static List<OraclePayment> renewalsAfterTheDecision(
            OracleRules rules, OracleExpiry expiry, List<OraclePayment> payments, Instant now, Period forgiven) {
        Instant end = rules.date().plus(forgiven).atStartOfDay(rules.zone()).toInstant();
        return payments.stream()
                .filter(payment -> payment.paid() && rules.eligiblePlan(payment.planType()) != null)
                .filter(payment -> payment.atOrAfter(expiry.decidedAt()) && payment.before(end))
                .filter(payment -> payment.dateUsable(now))
                .toList();
    }

    /** Returns null where the user is undecidable. */
    private static @Nullable OracleVerdict decide(
            OracleRules rules, OracleExpiry expiry, List<OraclePayment> payments) {
        OracleUser user = new OracleUser(expiry.userId(), null, expiry.creditsBefore(), null);
        OracleReading today = OracleReading.of(rules, user, payments, Instant.MAX.minusSeconds(1));
        Set<String> undecidable = new LinkedHashSet<>(today.undecidable());
        undecidable.remove("CREDITS_UNUSABLE"); // P is not read again
        OracleReading reading = new OracleReading(
                user, today.last(), today.paidAfter(), expiry.creditsProtected(), Set.copyOf(undecidable));
        OracleVerdict verdict = OracleTable.decide(rules, reading);
        boolean doubtful = verdict.losesCredits()
                && !Oracle.undecidableWhereCreditsWouldBeLost(rules, reading, payments, Instant.MAX.minusSeconds(1))
                        .isEmpty();
        return undecidable.isEmpty() && !doubtful ? verdict : null;
    }

    private static Optional<OracleReinstatement> difference(
            OracleExpiry expiry, @Nullable OracleVerdict verdict, String reasonCode) {
        if (verdict == null || verdict.creditsAfter() <= expiry.creditsAfter()) {
            return Optional.empty();
        }
        Set<Long> evidence = new HashSet<>(verdict.otherEvidence());
        Long chosen = verdict.evidencePaymentId();
        if (chosen == null) {
            throw new IllegalStateException("keeps more without a payment: " + expiry + ", " + verdict);
        }
        evidence.add(chosen);
        return Optional.of(new OracleReinstatement(
                expiry.eventId(),
                expiry.userId(),
                verdict.creditsAfter() - expiry.creditsAfter(),
                reasonCode,
                evidence));
    }
}
