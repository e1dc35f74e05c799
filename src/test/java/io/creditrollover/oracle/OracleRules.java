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

/**
 * The policy.
 *
 * @param date D, the rollover date
 * @param plans the plans that the configuration names
 * @param knownPlanTypes the plan types of the rows of payment_plans
 */
public record OracleRules(
        ZoneId zone, LocalDate date, Map<String, OraclePlan> plans, Set<String> knownPlanTypes, Duration pendingGrace) {

    public static final Duration DEFAULT_GRACE = Duration.ofMinutes(15);

    public OracleRules {
        plans = Collections.unmodifiableMap(new LinkedHashMap<>(plans));
        knownPlanTypes = Collections.unmodifiableSet(new LinkedHashSet<>(knownPlanTypes));
    }

    public static OracleRules defaults(LocalDate date) {
        Map<String, OraclePlan> plans = new LinkedHashMap<>();
        plans.put("monthly", OraclePlan.eligible(Period.ofMonths(1)));
        plans.put("power", OraclePlan.eligible(Period.ofMonths(1)));
        return new OracleRules(
                ZoneId.of("Asia/Kolkata"), date, plans, Set.of("starter", "monthly", "power"), DEFAULT_GRACE);
    }

    /** C: the first moment of D in the zone. */
    public Instant cutoff() {
        return date.atStartOfDay(zone).toInstant();
    }

    /** W of one plan: the first moment, in the zone, of the day that is D minus the plan's window. */
    public Instant windowStart(OraclePlan plan) {
        return date.minus(plan.window()).atStartOfDay(zone).toInstant();
    }

    public OracleRules withZone(ZoneId other) {
        return new OracleRules(other, date, plans, knownPlanTypes, pendingGrace);
    }

    public OracleRules withDate(LocalDate other) {
        return new OracleRules(zone, other, plans, knownPlanTypes, pendingGrace);
    }

    public OracleRules withPlan(String planType, OraclePlan plan) {
        Map<String, OraclePlan> more = new LinkedHashMap<>(plans);
        more.put(planType, plan);
        return new OracleRules(zone, date, more, knownPlanTypes, pendingGrace);
    }

    public OracleRules withKnownPlanTypes(Set<String> others) {
        return new OracleRules(zone, date, plans, others, pendingGrace);
    }

    public OracleRules withPendingGrace(Duration other) {
        return new OracleRules(zone, date, plans, knownPlanTypes, other);
    }
}
