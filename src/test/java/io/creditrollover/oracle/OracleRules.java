package io.creditrollover.oracle;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The policy.
 *
 * @param date D, the rollover date
 * @param plans the plans that the configuration names
 * @param knownPlanTypes the plan types of the rows of payment_plans
 * @param unpaidStatuses the statuses that mean unpaid beside the four
 */
public record OracleRules(
        ZoneId zone,
        LocalDate date,
        Map<String, OraclePlan> plans,
        Set<String> knownPlanTypes,
        Duration pendingGrace,
        Set<String> unpaidStatuses) {

    public static final Duration DEFAULT_GRACE = Duration.ofMinutes(15);

    public OracleRules {
        plans = Collections.unmodifiableMap(new LinkedHashMap<>(plans));
        knownPlanTypes = Collections.unmodifiableSet(new LinkedHashSet<>(knownPlanTypes));
        unpaidStatuses = Collections.unmodifiableSet(new LinkedHashSet<>(unpaidStatuses));
    }

    public static OracleRules defaults(LocalDate date) {
        Map<String, OraclePlan> plans = new LinkedHashMap<>();
        plans.put("monthly", OraclePlan.eligible(Period.ofMonths(1)));
        plans.put("power", OraclePlan.eligible(Period.ofMonths(1)));
        return new OracleRules(
                ZoneId.of("Asia/Kolkata"), date, plans, Set.of("starter", "monthly", "power"), DEFAULT_GRACE, Set.of());
    }

    /** C: the first moment of D in the zone. */
    public Instant cutoff() {
        return date.atStartOfDay(zone).toInstant();
    }

    /** W of one plan: the first moment, in the zone, of the day that is D minus the plan's window. */
    public Instant windowStart(OraclePlan plan) {
        return date.minus(plan.window()).atStartOfDay(zone).toInstant();
    }

    /** The earliest W of all configured plans, eligible or not. */
    public Instant earliestWindowStart() {
        Instant earliest = cutoff();
        for (OraclePlan plan : plans.values()) {
            Instant start = windowStart(plan);
            earliest = start.isBefore(earliest) ? start : earliest;
        }
        return earliest;
    }

    /** Null is no plan type, even where payment_plans has a row without one. */
    public boolean knowsPlan(@Nullable String planType) {
        return planType != null && (plans.containsKey(planType) || knownPlanTypes.contains(planType));
    }

    /** Returns null where the plan is not configured or not eligible. */
    public @Nullable OraclePlan eligiblePlan(@Nullable String planType) {
        OraclePlan plan = planType == null ? null : plans.get(planType);
        return plan != null && plan.eligible() ? plan : null;
    }

    public OracleRules withZone(ZoneId other) {
        return new OracleRules(other, date, plans, knownPlanTypes, pendingGrace, unpaidStatuses);
    }

    public OracleRules withDate(LocalDate other) {
        return new OracleRules(zone, other, plans, knownPlanTypes, pendingGrace, unpaidStatuses);
    }

    public OracleRules withPlan(String planType, OraclePlan plan) {
        Map<String, OraclePlan> more = new LinkedHashMap<>(plans);
        more.put(planType, plan);
        return new OracleRules(zone, date, more, knownPlanTypes, pendingGrace, unpaidStatuses);
    }

    public OracleRules withKnownPlanTypes(Set<String> others) {
        return new OracleRules(zone, date, plans, others, pendingGrace, unpaidStatuses);
    }

    public OracleRules withPendingGrace(Duration other) {
        return new OracleRules(zone, date, plans, knownPlanTypes, other, unpaidStatuses);
    }

    public OracleRules withUnpaidStatuses(Set<String> others) {
        return new OracleRules(zone, date, plans, knownPlanTypes, pendingGrace, others);
    }
}
