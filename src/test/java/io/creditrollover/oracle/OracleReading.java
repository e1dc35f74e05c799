package io.creditrollover.oracle;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One user's rows in the terms of section 4.
 *
 * @param last L
 * @param paidAfter the paid payments at or after C
 * @param protectedCredits P; where it is unusable, the sum of its usable parts, cut to 32 bits
 * @param undecidable the reasons that make the user undecidable whether or not credits would be lost, in the contract's
 *     order
 */
record OracleReading(
        OracleUser user,
        @Nullable OraclePayment last,
        List<OraclePayment> paidAfter,
        long protectedCredits,
        Set<String> undecidable) {

    static final long MAX_CREDITS = 2_147_483_647L;

    static OracleReading of(OracleRules rules, OracleUser user, List<OraclePayment> payments, Instant now) {
        OraclePayment last = null;
        List<OraclePayment> paidAfter = new ArrayList<>();
        boolean dateUnusable = false;
        for (OraclePayment payment : payments) {
            Long owner = payment.userId();
            if (owner == null || owner != user.id()) {
                throw new IllegalArgumentException("payment " + payment.id() + " is not of user " + user.id());
            }
            if (!payment.paid()) {
                continue;
            }
            dateUnusable |= !payment.dateUsable(now);
            if (payment.before(rules.cutoff())) {
                last = last == null || payment.laterThan(last) ? payment : last;
            } else if (payment.atOrAfter(rules.cutoff())) {
                paidAfter.add(payment);
            }
        }
        Set<String> undecidable = new LinkedHashSet<>();
        if (dateUnusable) {
            undecidable.add("PAYMENT_DATE_UNUSABLE");
        }
        if (last != null && !rules.knowsPlan(last.planType())) {
            undecidable.add("PLAN_UNKNOWN");
        }
        if (creditsUnusable(user, paidAfter)) {
            undecidable.add("CREDITS_UNUSABLE");
        }
        return new OracleReading(user, last, paidAfter, Math.min(sum(paidAfter), MAX_CREDITS), undecidable);
    }

    private static boolean creditsUnusable(OracleUser user, List<OraclePayment> paidAfter) {
        if (user.credits() > MAX_CREDITS || sum(paidAfter) > MAX_CREDITS) {
            return true;
        }
        for (OraclePayment payment : paidAfter) {
            Long added = payment.creditsAdded();
            if (added == null || added < 0) {
                return true;
            }
        }
        return false;
    }

    /** Of what is neither null nor negative. Stops one above 32 bits: the sum of 64-bit numbers could overflow. */
    private static long sum(List<OraclePayment> paidAfter) {
        long sum = 0;
        for (OraclePayment payment : paidAfter) {
            Long added = payment.creditsAdded();
            if (added != null && added > 0) {
                sum = Math.min(sum + Math.min(added, MAX_CREDITS + 1), MAX_CREDITS + 1);
            }
        }
        return sum;
    }
}
