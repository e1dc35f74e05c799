package io.creditrollover.oracle;

import io.creditrollover.oracle.OracleVerdict.Kind;
import io.creditrollover.oracle.OracleVerdict.Outcome;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The decision of section 4 for one user: scope, undecidable rows, table, pending payments. */
public final class Oracle {

    private static final Set<String> STATUSES = Set.of("pending", "paid", "failed", "refunded");

    private Oracle() {}

    /** The verdict on this user when the payments are read at {@code now}, by the database's clock. */
    public static OracleVerdict judge(
            OracleRules rules, OracleUser user, List<OraclePayment> paymentsOfThatUser, Instant now) {
        return judge(rules, user, paymentsOfThatUser, now, false);
    }

    /**
     * The verdict of the sweep, judged from the same rows, if the host changes nothing while the sweep waits: pending
     * payments that were young at {@code now} have grown older than the grace. Those without a usable date, or dated
     * after {@code now}, still prevent a loss. Older ones dated at or after C do not: they only postponed.
     */
    public static OracleVerdict judgeAfterWaiting(
            OracleRules rules, OracleUser user, List<OraclePayment> paymentsOfThatUser, Instant now) {
        return judge(rules, user, paymentsOfThatUser, now, true);
    }

    private static OracleVerdict judge(
            OracleRules rules, OracleUser user, List<OraclePayment> payments, Instant now, boolean afterWaiting) {
        if (!inScope(rules, user)) {
            return untouched(user, Set.of(new Outcome(Kind.OUT_OF_SCOPE, OracleVerdict.NOT_IN_SCOPE)));
        }
        OracleReading reading = OracleReading.of(rules, user, payments, now);
        OracleVerdict byTable = OracleTable.decide(rules, reading);
        Set<Outcome> outcomes = new LinkedHashSet<>();
        for (String reason : reading.undecidable()) {
            outcomes.add(new Outcome(Kind.SKIPPED, reason));
        }
        if (byTable.losesCredits()) {
            boolean undecidable = !outcomes.isEmpty();
            outcomes.addAll(undecidableWhereCreditsWouldBeLost(rules, reading, payments, now));
            // What goes before the table goes before the pending payments of users who would lose by it
            if (!undecidable) {
                outcomes.addAll(afterWaiting ? stillPending(payments, now) : pending(rules, payments, now));
            }
        }
        return outcomes.isEmpty() ? byTable : untouched(user, outcomes);
    }

    private static boolean inScope(OracleRules rules, OracleUser user) {
        Instant signedUp = user.createdAt();
        return user.credits() > 0 && (signedUp == null || signedUp.isBefore(rules.cutoff()));
    }

    static Set<Outcome> undecidableWhereCreditsWouldBeLost(
            OracleRules rules, OracleReading reading, List<OraclePayment> payments, Instant now) {
        Set<Outcome> outcomes = new LinkedHashSet<>();
        for (OraclePayment payment : reading.paidAfter()) {
            if (!rules.knowsPlan(payment.planType())) {
                outcomes.add(new Outcome(Kind.SKIPPED, "PLAN_UNKNOWN"));
            }
        }
        Instant earliestWindowStart = rules.earliestWindowStart();
        for (OraclePayment payment : payments) {
            String status = payment.status();
            boolean unknown = status == null
                    || (!STATUSES.contains(status) && !rules.unpaidStatuses().contains(status));
            if (unknown && (payment.atOrAfter(earliestWindowStart) || !payment.dateUsable(now))) {
                outcomes.add(new Outcome(Kind.SKIPPED, "PAYMENT_STATUS_UNKNOWN"));
            }
        }
        return outcomes;
    }

    /** Whether to postpone. Without a usable date waiting cannot help: skipping at once is as good. */
    private static Set<Outcome> pending(OracleRules rules, List<OraclePayment> payments, Instant now) {
        Instant graceStart = now.minus(rules.pendingGrace());
        Set<Outcome> outcomes = new LinkedHashSet<>();
        for (OraclePayment payment : payments) {
            if (!payment.pending()) {
                continue;
            }
            if (payment.after(graceStart) || payment.atOrAfter(rules.cutoff()) || !payment.dated()) {
                outcomes.add(new Outcome(Kind.POSTPONED, "PAYMENT_PENDING"));
            }
            if (!payment.dated()) {
                outcomes.add(new Outcome(Kind.SKIPPED, "PAYMENT_PENDING"));
            }
        }
        return outcomes;
    }

    /** A date of minus infinity is none: it does not say that the payment is old. */
    private static Set<Outcome> stillPending(List<OraclePayment> payments, Instant now) {
        for (OraclePayment payment : payments) {
            if (payment.pending() && !payment.dateUsable(now)) {
                return Set.of(new Outcome(Kind.SKIPPED, "PAYMENT_PENDING"));
            }
        }
        return Set.of();
    }

    private static OracleVerdict untouched(OracleUser user, Set<Outcome> outcomes) {
        Outcome first = outcomes.iterator().next();
        return new OracleVerdict(
                user.id(),
                first.kind(),
                first.reasonCode(),
                user.credits(),
                user.credits(),
                0,
                null,
                outcomes,
                Set.of());
    }
}
