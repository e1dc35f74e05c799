package io.creditrollover.decision;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The policy for one rollover date. Immutable and thread-safe.
 *
 * <p>Instants derive from local dates in the business zone: the cut-off is the start of the rollover date, a window
 * starts at the start of that date minus the window. Months are calendar months.
 */
public final class RolloverPolicy {
    private final LocalDate date;
    private final ZoneId zone;
    private final Map<String, PlanTerms> plans;
    private final Set<String> sellablePlanTypes;
    private final Duration pendingGrace;
    private final Set<String> unpaidStatuses;
    private final Instant cutoff;
    private final Map<String, Instant> windowStarts;
    private final Reasons reasons;
    private final @Nullable Instant warnBy;

    /**
     * @param date the rollover date, first of a month
     * @param zone the business zone
     * @param plans the configured plan types
     * @param sellablePlanTypes types in {@code payment_plans}: known, eligible only if configured
     * @param pendingGrace how long a pending payment may still become paid; not negative
     * @param unpaidStatuses statuses that mean unpaid, besides failed and refunded
     */
    public RolloverPolicy(
            LocalDate date,
            ZoneId zone,
            Map<String, PlanTerms> plans,
            Set<String> sellablePlanTypes,
            Duration pendingGrace,
            Set<String> unpaidStatuses) {
        this(date, zone, plans, sellablePlanTypes, pendingGrace, unpaidStatuses, null);
    }

    private RolloverPolicy(
            LocalDate date,
            ZoneId zone,
            Map<String, PlanTerms> plans,
            Set<String> sellablePlanTypes,
            Duration pendingGrace,
            Set<String> unpaidStatuses,
            @Nullable Instant warnBy) {
        if (date.getDayOfMonth() != 1) {
            throw new IllegalArgumentException("a rollover date is the first day of a month, not " + date);
        }
        this.date = date;
        this.zone = zone;
        this.plans = Map.copyOf(plans);
        this.sellablePlanTypes = Set.copyOf(sellablePlanTypes);
        this.pendingGrace = pendingGrace;
        this.unpaidStatuses = Set.copyOf(unpaidStatuses);
        this.cutoff = startOf(date);
        this.windowStarts = plans.entrySet().stream()
                .collect(toUnmodifiableMap(
                        Map.Entry::getKey, e -> startOf(date.minus(e.getValue().window()))));
        this.warnBy = warnBy;
        this.reasons = new Reasons(this);
    }

    /** Returns this policy, which requires an accepted notice by {@code moment} for each loss; null for none. */
    public RolloverPolicy warnBy(@Nullable Instant moment) {
        return new RolloverPolicy(date, zone, plans, sellablePlanTypes, pendingGrace, unpaidStatuses, moment);
    }

    /** Returns the last moment for the notice that a loss requires; null if none is required. */
    public @Nullable Instant warnBy() {
        return warnBy;
    }

    public LocalDate date() {
        return date;
    }

    public ZoneId zone() {
        return zone;
    }

    public Map<String, PlanTerms> plans() {
        return plans;
    }

    public Duration pendingGrace() {
        return pendingGrace;
    }

    public Set<String> unpaidStatuses() {
        return unpaidStatuses;
    }

    /**
     * Returns the start of the rollover date in the business zone; payments from this instant on belong to the new
     * month.
     */
    public Instant cutoff() {
        return cutoff;
    }

    /** Returns the first instant of the window of a configured plan. */
    public Instant windowStart(String planType) {
        return Objects.requireNonNull(windowStarts.get(planType), planType);
    }

    /** Returns the earliest window start; the cut-off if no plan is configured. */
    public Instant earliestWindowStart() {
        return windowStarts.values().stream().min(Comparator.naturalOrder()).orElse(cutoff);
    }

    public Set<String> eligiblePlanTypes() {
        return plans.entrySet().stream()
                .filter(e -> e.getValue().eligible())
                .map(Map.Entry::getKey)
                .collect(java.util.stream.Collectors.toUnmodifiableSet());
    }

    /**
     * Decides a user in scope: first reasons to skip, then the table. A loss needs known statuses and plans, and no
     * pending payment. Never throws, for any content of the host's tables.
     */
    public Verdict decide(UserCredits user) {
        Verdict.Skipped undecidable = undecidable(user);
        if (undecidable != null) {
            return undecidable;
        }
        RolloverDecision decision = byTable(user);
        if (!decision.losesCredits()) {
            return decision;
        }
        Verdict.Skipped unproven = unproven(user);
        if (unproven != null) {
            return unproven;
        }
        Verdict verdict = user.pending().any() ? pending(user, decision) : decision;
        return verdict == decision && warnBy != null && !user.warned()
                ? skip(user, ReasonCode.NOT_WARNED, reasons.notWarned(warnBy))
                : verdict;
    }

    private Verdict.@Nullable Skipped undecidable(UserCredits user) {
        PaidPayment last = user.lastPaid();
        if (user.dateUnusable()) {
            return skip(
                    user,
                    ReasonCode.PAYMENT_DATE_UNUSABLE,
                    "A paid payment has no date, an infinite one, or one in the future.");
        }
        if (last != null && !isKnown(last.planType())) {
            return skip(user, ReasonCode.PLAN_UNKNOWN, reasons.lastPlanUnknown(last));
        }
        if (user.credits() > Integer.MAX_VALUE) {
            return skip(user, ReasonCode.CREDITS_UNUSABLE, "The balance is greater than " + Integer.MAX_VALUE + ".");
        }
        if (user.protectedUnusable() || user.protectedCredits() > Integer.MAX_VALUE) {
            return skip(
                    user,
                    ReasonCode.CREDITS_UNUSABLE,
                    "The credits bought since the cut-off are missing, negative or too many.");
        }
        return null;
    }

    /** Called before a loss only: an unclear payment might prevent it. Names the first reason of the contract's list. */
    private Verdict.@Nullable Skipped unproven(UserCredits user) {
        Optional<Verdict.Skipped> unknownPlan = user.paidAfterCutoff().stream()
                .filter(payment -> !isKnown(payment.planType()))
                .findFirst()
                .map(payment -> skip(user, ReasonCode.PLAN_UNKNOWN, reasons.laterPlanUnknown(payment)));
        if (unknownPlan.isPresent() || user.unknownStatus() == null) {
            return unknownPlan.orElse(null);
        }
        return skip(
                user,
                ReasonCode.PAYMENT_STATUS_UNKNOWN,
                "A payment has the status '" + user.unknownStatus() + "', which is neither paid nor unpaid.");
    }

    private RolloverDecision byTable(UserCredits user) {
        PaidPayment last = user.lastPaid();
        PaidPayment renewal = bestRenewal(user);
        if (last != null && isInWindow(last) && (renewal == null || carry(user, last) >= carry(user, renewal))) {
            return carried(user, last, ReasonCode.ELIGIBLE_PLAN);
        }
        if (renewal != null) {
            return carried(user, renewal, ReasonCode.RENEWED_AFTER_CUTOFF);
        }
        if (user.protectedCredits() >= user.credits()) {
            return decision(user, Action.ROLLOVER, (int) user.credits(), ReasonCode.PURCHASED_AFTER_CUTOFF, null);
        }
        if (last == null) {
            return expired(user, ReasonCode.NO_PAYMENT);
        }
        return expired(user, isEligible(last.planType()) ? ReasonCode.WINDOW_ELAPSED : ReasonCode.PLAN_NOT_ELIGIBLE);
    }

    private boolean isInWindow(PaidPayment last) {
        return isEligible(last.planType()) && !last.paidAt().isBefore(windowStart(String.valueOf(last.planType())));
    }

    /** Picks the greatest remaining balance, then the last payment: a purchase after the cut-off can only help. */
    private @Nullable PaidPayment bestRenewal(UserCredits user) {
        return user.paidAfterCutoff().stream()
                .filter(payment -> isEligible(payment.planType()))
                .max(Comparator.<PaidPayment>comparingInt(p -> carry(user, p)).thenComparing(PaidPayment.BY_TIME))
                .orElse(null);
    }

    private RolloverDecision carried(UserCredits user, PaidPayment by, ReasonCode whenWhole) {
        int after = carry(user, by);
        ReasonCode code = after < user.credits() ? ReasonCode.CAPPED : whenWhole;
        return decision(user, Action.ROLLOVER, after, code, by);
    }

    private RolloverDecision expired(UserCredits user, ReasonCode code) {
        return decision(user, Action.EXPIRY, (int) user.protectedCredits(), code, user.lastPaid());
    }

    private RolloverDecision decision(
            UserCredits user, Action action, int after, ReasonCode code, @Nullable PaidPayment evidence) {
        String planType = action == Action.ROLLOVER && evidence != null ? evidence.planType() : null;
        return new RolloverDecision(
                user.userId(),
                action,
                (int) user.credits(),
                after,
                code,
                reasons.of(code, user, evidence),
                planType,
                evidence,
                (int) user.protectedCredits());
    }

    /**
     * Postpones at the first look. Later, postpones for the same payments, skips for newer or undatable ones, decides
     * if none is pending.
     */
    private Verdict pending(UserCredits user, RolloverDecision decision) {
        Instant youngest = user.pending().youngest();
        Instant settled = youngest == null ? null : youngest.plus(pendingGrace);
        Instant waitsUntil = user.waitsUntil();
        if (waitsUntil == null) {
            return new Verdict.Postponed(user.userId(), settled == null ? Instant.EPOCH : settled);
        }
        if (user.pending().undatable() || (settled != null && settled.isAfter(waitsUntil))) {
            return skip(user, ReasonCode.PAYMENT_PENDING, "A payment is still pending.");
        }
        return settled == null ? decision : new Verdict.Postponed(user.userId(), waitsUntil);
    }

    private int carry(UserCredits user, PaidPayment by) {
        int before = (int) user.credits();
        int kept = (int) Math.min(user.protectedCredits(), before);
        return Objects.requireNonNull(plans.get(by.planType()), by.planType()).carry(before, kept);
    }

    private boolean isEligible(@Nullable String planType) {
        PlanTerms terms = planType == null ? null : plans.get(planType);
        return terms != null && terms.eligible();
    }

    private boolean isKnown(@Nullable String planType) {
        return planType != null && (plans.containsKey(planType) || sellablePlanTypes.contains(planType));
    }

    private Instant startOf(LocalDate day) {
        return day.atStartOfDay(zone).toInstant();
    }

    private static Verdict.Skipped skip(UserCredits user, ReasonCode code, String reason) {
        return new Verdict.Skipped(user.userId(), code, reason);
    }
}
