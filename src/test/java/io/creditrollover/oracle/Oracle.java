package io.creditrollover.oracle;

import io.creditrollover.oracle.OracleVerdict.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The decision of section 4 for one user, row by row. */
public final class Oracle {

    private Oracle() {}

    /** What is to be done with this user when his payments are read at {@code now}, by the database's clock. */
    public static OracleVerdict judge(
            OracleRules rules, OracleUser user, List<OraclePayment> paymentsOfThatUser, Instant now) {
        OracleVerdict verdict = judgeWithoutPending(rules, user, paymentsOfThatUser, now);
        if (!verdict.losesCredits()) {
            return verdict;
        }
        Instant graceStart = now.minus(rules.pendingGrace());
        for (OraclePayment payment : paymentsOfThatUser) {
            if (payment.pending()) {
                Instant at = payment.createdAt();
                if (at == null || at.isAfter(graceStart)) {
                    return untouched(user, Kind.WAITS_FOR_PENDING, "PAYMENT_PENDING", verdict.protectedCredits());
                }
            }
        }
        return verdict;
    }

    /**
     * What the sweep ends with, judged from the same rows, if the host changes nothing while it waits: pending payments
     * that were young at {@code now} have grown older than the grace, those without a date, or dated after
     * {@code now}, still stand in the way.
     */
    public static OracleVerdict judgeAfterWaiting(
            OracleRules rules, OracleUser user, List<OraclePayment> paymentsOfThatUser, Instant now) {
        OracleVerdict verdict = judgeWithoutPending(rules, user, paymentsOfThatUser, now);
        if (!verdict.losesCredits()) {
            return verdict;
        }
        for (OraclePayment payment : paymentsOfThatUser) {
            if (payment.pending()) {
                Instant at = payment.createdAt();
                if (at == null || at.isAfter(now)) {
                    return untouched(user, Kind.SET_ASIDE, "PAYMENT_PENDING", 0);
                }
            }
        }
        return verdict;
    }

    private static OracleVerdict judgeWithoutPending(
            OracleRules rules, OracleUser user, List<OraclePayment> payments, Instant now) {
        Instant cutoff = rules.cutoff();
        int before = user.credits();

        // Who is in scope
        if (before <= 0) {
            return untouched(user, Kind.OUT_OF_SCOPE, OracleVerdict.NOT_IN_SCOPE, 0);
        }
        Instant signedUp = user.createdAt();
        if (signedUp != null && !signedUp.isBefore(cutoff)) {
            return untouched(user, Kind.OUT_OF_SCOPE, OracleVerdict.NOT_IN_SCOPE, 0);
        }

        // Doubt, first kind: when was it paid?
        List<OraclePayment> paidBefore = new ArrayList<>();
        List<OraclePayment> paidAfter = new ArrayList<>();
        for (OraclePayment payment : payments) {
            if (payment.userId() != user.id()) {
                throw new IllegalArgumentException("payment " + payment.id() + " is not of user " + user.id());
            }
            if (!payment.paid()) {
                continue;
            }
            Instant at = payment.createdAt();
            if (at == null || at.isAfter(now)) {
                return untouched(user, Kind.SET_ASIDE, "PAYMENT_DATE_UNUSABLE", 0);
            }
            if (at.isBefore(cutoff)) {
                paidBefore.add(payment);
            } else {
                paidAfter.add(payment);
            }
        }

        // Doubt, second kind: what plan is it?
        OraclePayment last = null;
        for (OraclePayment payment : paidBefore) {
            if (last == null || isLater(payment, last)) {
                last = payment;
            }
        }
        if (last != null
                && !rules.plans().containsKey(last.planType())
                && !rules.knownPlanTypes().contains(last.planType())) {
            return untouched(user, Kind.SET_ASIDE, "PLAN_UNKNOWN", 0);
        }

        // Doubt, third kind: how many credits did it bring?
        long bought = 0;
        for (OraclePayment payment : paidAfter) {
            if (payment.creditsAdded() < 0) {
                return untouched(user, Kind.SET_ASIDE, "CREDITS_UNUSABLE", 0);
            }
            bought += payment.creditsAdded();
        }
        if (bought > 2147483647L) {
            return untouched(user, Kind.SET_ASIDE, "CREDITS_UNUSABLE", 0);
        }
        int protectedCredits = (int) bought;

        // Row 1
        OraclePlan lastPlan = last == null ? null : rules.plans().get(last.planType());
        boolean lastIsEligible = lastPlan != null && lastPlan.eligible();
        if (last != null && lastPlan != null && lastIsEligible) {
            Instant at = last.createdAt();
            if (at != null && !at.isBefore(rules.windowStart(lastPlan))) {
                int after = carried(lastPlan, before, protectedCredits);
                String code = after < before ? "CAPPED" : "ELIGIBLE_PLAN";
                return new OracleVerdict(user.id(), Kind.ROLLOVER, code, before, after, protectedCredits, last.id());
            }
        }

        // Row 2: of several renewals the one that leaves the most, of equals the later
        OraclePayment renewal = null;
        int mostLeft = -1;
        for (OraclePayment payment : paidAfter) {
            OraclePlan plan = rules.plans().get(payment.planType());
            if (plan == null || !plan.eligible()) {
                continue;
            }
            int left = carried(plan, before, protectedCredits);
            if (renewal == null || left > mostLeft || (left == mostLeft && isLater(payment, renewal))) {
                renewal = payment;
                mostLeft = left;
            }
        }
        if (renewal != null) {
            String code = mostLeft < before ? "CAPPED" : "RENEWED_AFTER_CUTOFF";
            return new OracleVerdict(user.id(), Kind.ROLLOVER, code, before, mostLeft, protectedCredits, renewal.id());
        }

        // Row 3
        if (protectedCredits >= before) {
            return new OracleVerdict(
                    user.id(), Kind.ROLLOVER, "PURCHASED_AFTER_CUTOFF", before, before, protectedCredits, null);
        }

        // Rows 4, 5, 6: all but the protected credits go
        if (last == null) {
            return expiry(user, "NO_PAYMENT", protectedCredits, null);
        }
        if (!lastIsEligible) {
            return expiry(user, "PLAN_NOT_ELIGIBLE", protectedCredits, last.id());
        }
        return expiry(user, "WINDOW_ELAPSED", protectedCredits, last.id());
    }

    /** credits_after = kept + min(floor((before - kept) * percent / 100), max), with kept = min(P, before). */
    private static int carried(OraclePlan plan, int before, int protectedCredits) {
        long kept = Math.min(protectedCredits, before);
        long carry = (before - kept) * plan.carryPercent() / 100;
        Integer max = plan.maxCredits();
        if (max != null && carry > max) {
            carry = max;
        }
        return (int) (kept + carry);
    }

    /** By (created_at, id); both are dated. */
    private static boolean isLater(OraclePayment one, OraclePayment other) {
        Instant at = one.createdAt();
        Instant otherAt = other.createdAt();
        if (at == null || otherAt == null) {
            throw new IllegalArgumentException("undated");
        }
        if (at.equals(otherAt)) {
            return one.id() > other.id();
        }
        return at.isAfter(otherAt);
    }

    private static OracleVerdict expiry(
            OracleUser user, String reasonCode, int protectedCredits, @Nullable Integer evidence) {
        return new OracleVerdict(
                user.id(), Kind.EXPIRY, reasonCode, user.credits(), protectedCredits, protectedCredits, evidence);
    }

    private static OracleVerdict untouched(OracleUser user, Kind kind, String reasonCode, int protectedCredits) {
        return new OracleVerdict(user.id(), kind, reasonCode, user.credits(), user.credits(), protectedCredits, null);
    }
}
