package io.creditrollover.decision;

import io.creditrollover.oracle.OraclePayment;
import io.creditrollover.oracle.OraclePlan;
import io.creditrollover.oracle.OracleRules;
import io.creditrollover.oracle.OracleUser;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One user's rows of the host, and the facts in them by plain loops: what the SQL of a run reads in one query. */
final class Rows {
    private final OracleUser user;
    private final List<OraclePayment> payments = new ArrayList<>();

    private Rows(OracleUser user) {
        this.user = user;
    }

    static Rows aUser(int credits) {
        return new Rows(new OracleUser(1, "", credits, null));
    }

    static Rows of(OracleUser user, List<OraclePayment> payments) {
        Rows rows = new Rows(user);
        rows.payments.addAll(payments);
        return rows;
    }

    Rows paid(String planType, @Nullable String at, int creditsAdded) {
        return add(planType, "paid", at, creditsAdded);
    }

    Rows add(String planType, @Nullable String status, @Nullable String at, int creditsAdded) {
        payments.add(new OraclePayment(
                payments.size() + 1,
                user.id(),
                planType,
                0,
                (long) creditsAdded,
                status,
                at == null ? null : instant(at)));
        return this;
    }

    static Instant instant(String at) {
        return OffsetDateTime.parse(at).toInstant();
    }

    /** The rules of the oracle as those of the product. */
    static RolloverPolicy policy(OracleRules rules) {
        Map<String, PlanTerms> plans = new LinkedHashMap<>();
        for (Map.Entry<String, OraclePlan> plan : rules.plans().entrySet()) {
            OraclePlan terms = plan.getValue();
            plans.put(
                    plan.getKey(),
                    new PlanTerms(terms.eligible(), terms.window(), terms.maxCredits(), terms.carryPercent()));
        }
        return new RolloverPolicy(
                rules.date(), rules.zone(), plans, rules.knownPlanTypes(), rules.pendingGrace(), java.util.Set.of());
    }

    /** The facts as read for the first time, at {@code now}. */
    UserCredits readAt(Instant now, RolloverPolicy policy) {
        return readAt(now, policy, pendingAt(now, policy), null);
    }

    /** The facts when a wait until {@code waitsUntil} is over and the host has changed nothing since {@code now}. */
    UserCredits readAfterWaiting(Instant now, RolloverPolicy policy, Instant waitsUntil) {
        PendingPayments stillThere =
                new PendingPayments(null, pendingAt(now, policy).undatable(), false);
        return readAt(now, policy, stillThere, waitsUntil);
    }

    /** The facts as read again at {@code now}, after a first look that decided to wait. */
    UserCredits readAgainAt(Instant now, RolloverPolicy policy, Instant waitsUntil) {
        return readAt(now, policy, pendingAt(now, policy), waitsUntil);
    }

    private UserCredits readAt(
            Instant now, RolloverPolicy policy, PendingPayments pending, @Nullable Instant waitsUntil) {
        PaidPayment last = null;
        long bought = 0;
        boolean negative = false;
        boolean unusable = false;
        List<PaidPayment> paidAfterCutoff = new ArrayList<>();
        for (OraclePayment payment : payments) {
            if (!payment.paid()) {
                continue;
            }
            Instant at = payment.dated() ? payment.createdAt() : null;
            if (at == null) {
                unusable = true;
                continue;
            }
            unusable |= at.isAfter(now);
            PaidPayment paid = new PaidPayment(payment.id(), String.valueOf(payment.planType()), at);
            if (at.isBefore(policy.cutoff())) {
                last = last == null || PaidPayment.BY_TIME.compare(paid, last) > 0 ? paid : last;
                continue;
            }
            Long added = payment.creditsAdded();
            bought += added == null ? 0 : added;
            negative |= added == null || added < 0;
            paidAfterCutoff.add(paid);
        }
        return new UserCredits(
                user.id(),
                user.credits(),
                last,
                bought,
                negative,
                paidAfterCutoff,
                unusable,
                null,
                pending,
                waitsUntil);
    }

    private PendingPayments pendingAt(Instant now, RolloverPolicy policy) {
        Duration grace = policy.pendingGrace();
        Instant youngest = null;
        boolean undatable = false;
        boolean afterCutoff = false;
        for (OraclePayment payment : payments) {
            if (payment.pending()) {
                Instant at = payment.dated() ? payment.createdAt() : null;
                if (at == null || at.isAfter(now)) {
                    undatable = true;
                    continue;
                }
                afterCutoff |= !at.isBefore(policy.cutoff());
                if (at.isAfter(now.minus(grace)) && (youngest == null || at.isAfter(youngest))) {
                    youngest = at;
                }
            }
        }
        return new PendingPayments(youngest, undatable, afterCutoff);
    }
}
