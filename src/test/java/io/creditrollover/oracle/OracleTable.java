package io.creditrollover.oracle;

import io.creditrollover.oracle.OracleVerdict.Kind;
import io.creditrollover.oracle.OracleVerdict.Outcome;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The table of section 4: six rows, and of the first two the one that leaves more. */
final class OracleTable {

    private OracleTable() {}

    static OracleVerdict decide(OracleRules rules, OracleReading reading) {
        OracleVerdict byLast = byLast(rules, reading);
        OracleVerdict byRenewal = byRenewal(rules, reading);
        if (byLast != null && (byRenewal == null || byLast.creditsAfter() >= byRenewal.creditsAfter())) {
            return byLast;
        }
        if (byRenewal != null) {
            return byRenewal;
        }
        long before = reading.user().credits();
        if (reading.protectedCredits() >= before) {
            return decided(reading, Kind.ROLLOVER, "PURCHASED_AFTER_CUTOFF", before, null, Set.of());
        }
        OraclePayment last = reading.last();
        if (last == null) {
            return expiry(reading, "NO_PAYMENT", null);
        }
        return expiry(
                reading,
                rules.eligiblePlan(last.planType()) == null ? "PLAN_NOT_ELIGIBLE" : "WINDOW_ELAPSED",
                last.id());
    }

    /** The first row, where it fits. */
    private static @Nullable OracleVerdict byLast(OracleRules rules, OracleReading reading) {
        OraclePayment last = reading.last();
        OraclePlan plan = last == null ? null : rules.eligiblePlan(last.planType());
        if (last == null || plan == null) {
            return null;
        }
        Instant windowStart = rules.windowStart(plan);
        if (!last.atOrAfter(windowStart)) {
            return null;
        }
        return rollover(reading, "ELIGIBLE_PLAN", carried(plan, reading), last.id(), Set.of());
    }

    /** The second row, where it fits: the renewal that leaves most, the earliest of those that leave equally many. */
    private static @Nullable OracleVerdict byRenewal(OracleRules rules, OracleReading reading) {
        OraclePayment best = null;
        long most = -1;
        Set<Long> equals = new HashSet<>();
        for (OraclePayment payment : reading.paidAfter()) {
            OraclePlan plan = rules.eligiblePlan(payment.planType());
            if (plan == null) {
                continue;
            }
            long left = carried(plan, reading);
            if (left > most) {
                equals.clear();
            }
            if (left > most || (left == most && best != null && best.laterThan(payment))) {
                best = payment;
            }
            most = Math.max(most, left);
            if (left == most) {
                equals.add(payment.id());
            }
        }
        if (best == null) {
            return null;
        }
        equals.remove(best.id());
        return rollover(reading, "RENEWED_AFTER_CUTOFF", most, best.id(), equals);
    }

    /** credits_after = kept + min(floor((before - kept) * percent / 100), max), with kept = min(P, before). */
    private static long carried(OraclePlan plan, OracleReading reading) {
        long before = reading.user().credits();
        long kept = Math.min(reading.protectedCredits(), before);
        // Split, since the product of a 64-bit balance and a percent may overflow
        long rest = before - kept;
        long carry = rest / 100 * plan.carryPercent() + rest % 100 * plan.carryPercent() / 100;
        Integer max = plan.maxCredits();
        return kept + (max == null ? carry : Math.min(carry, max));
    }

    private static OracleVerdict rollover(
            OracleReading reading, String uncappedCode, long after, long evidence, Set<Long> otherEvidence) {
        String code = after < reading.user().credits() ? "CAPPED" : uncappedCode;
        return decided(reading, Kind.ROLLOVER, code, after, evidence, otherEvidence);
    }

    private static OracleVerdict expiry(OracleReading reading, String code, @Nullable Long evidence) {
        return decided(reading, Kind.EXPIRY, code, reading.protectedCredits(), evidence, Set.of());
    }

    private static OracleVerdict decided(
            OracleReading reading,
            Kind kind,
            String code,
            long after,
            @Nullable Long evidence,
            Set<Long> otherEvidence) {
        return new OracleVerdict(
                reading.user().id(),
                kind,
                code,
                reading.user().credits(),
                after,
                reading.protectedCredits(),
                evidence,
                Set.of(new Outcome(kind, code)),
                otherEvidence);
    }
}
