package io.creditrollover.shapes;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says from rows as strings whether a user may have lost credits. It is careful: what it cannot read, it takes as a reason
 * to keep the credits. It knows nothing of the product's code.
 */
final class Judge {
    private static final Set<String> STATUSES = Set.of("paid", "pending", "failed", "refunded");

    private final Set<String> knownPlans;
    private final Set<String> unpaid;
    private final Set<String> eligible;
    private final Instant cutoff;
    private final Instant windowStart;
    private final Instant now;

    Judge(
            Set<String> eligible,
            Set<String> knownPlans,
            Set<String> unpaid,
            Instant cutoff,
            Instant windowStart,
            Instant now) {
        this.unpaid = unpaid;
        this.eligible = eligible;
        this.knownPlans = knownPlans;
        this.cutoff = cutoff;
        this.windowStart = windowStart;
        this.now = now;
    }

    /**
     * Returns why a user may not have lost what is missing; empty where the loss is proven.
     *
     * @param after what is left of the balance
     * @param payments of this user
     */
    Optional<String> objection(BigDecimal after, List<Map<String, @Nullable String>> payments) {
        List<Map<String, @Nullable String>> paid = new ArrayList<>();
        BigDecimal bought = BigDecimal.ZERO;
        for (Map<String, @Nullable String> payment : payments) {
            Optional<Instant> date = date(payment.get("created_at"));
            String status = payment.get("payment_status");
            if (!STATUSES.contains(String.valueOf(status))
                    && !unpaid.contains(String.valueOf(status))
                    && date.map(at -> !at.isBefore(windowStart)).orElse(true)) {
                return Optional.of("a payment has the status " + status);
            }
            if (!"paid".equals(status)) {
                continue;
            }
            if (date.isEmpty() || date.get().isAfter(now)) {
                return Optional.of("a paid payment is dated " + payment.get("created_at"));
            }
            paid.add(payment);
            if (!date.get().isBefore(cutoff)) {
                String added = payment.get("credits_added");
                if (added == null
                        || added.startsWith("-")
                        || eligible.contains(plan(payment))
                        || !knownPlans.contains(plan(payment))) {
                    return Optional.of(
                            "a payment after the cut-off is for " + plan(payment) + " and " + added + " credits");
                }
                bought = bought.add(new BigDecimal(added));
            }
        }
        return last(paid)
                .filter(this::keeps)
                .map(last -> "the last paid payment is " + last)
                .or(boughtMore(after, bought));
    }

    private static java.util.function.Supplier<Optional<String>> boughtMore(BigDecimal after, BigDecimal bought) {
        return () -> after.compareTo(bought) < 0
                ? Optional.of("only " + after + " of " + bought + " are left")
                : Optional.empty();
    }

    private Optional<Map<String, @Nullable String>> last(List<Map<String, @Nullable String>> paid) {
        return paid.stream()
                .filter(payment -> date(payment.get("created_at")).orElseThrow().isBefore(cutoff))
                .max(Comparator.<Map<String, @Nullable String>, Instant>comparing(
                                payment -> date(payment.get("created_at")).orElseThrow())
                        .thenComparing(payment -> new BigDecimal(String.valueOf(payment.get("id")))));
    }

    private boolean keeps(Map<String, @Nullable String> last) {
        boolean inWindow = !date(last.get("created_at")).orElseThrow().isBefore(windowStart);
        return !knownPlans.contains(plan(last)) || (resemblesAnEligible(plan(last)) && inWindow);
    }

    /** So that a spelling which the product does not recognize, blanks included, is no proof. */
    private boolean resemblesAnEligible(String plan) {
        return eligible.stream().anyMatch(eligiblePlan -> eligiblePlan.strip().equalsIgnoreCase(plan.strip()));
    }

    private static String plan(Map<String, @Nullable String> payment) {
        return String.valueOf(payment.get("plan_type"));
    }

    /** Empty for what is no date, infinite, or without a zone. */
    private static Optional<Instant> date(@Nullable String text) {
        if (text == null || text.equals("infinity") || text.equals("-infinity")) {
            return Optional.empty();
        }
        if (text.endsWith(" BC")) {
            return Optional.of(Instant.MIN);
        }
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }
}
