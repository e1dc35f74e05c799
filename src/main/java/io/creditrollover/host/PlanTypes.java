package io.creditrollover.host;

import io.creditrollover.config.RolloverProperties;
import io.creditrollover.decision.PlanTerms;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Compares the configured plans with the host's plan types. Reads only. */
@Component
public class PlanTypes {
    private final JdbcClient jdbc;
    private final SearchPath path;
    private final Map<String, PlanTerms> configured;
    private final Map<String, PlanTerms> defaults;

    PlanTypes(JdbcClient jdbc, SearchPath path, RolloverProperties properties) {
        this.jdbc = jdbc;
        this.path = path;
        this.configured = properties.planTerms();
        this.defaults = properties.defaultPlanTerms();
    }

    /** Returns the plan types of {@code payment_plans}, if it exists. */
    public List<String> onSale() {
        return hasPlansTable()
                ? jdbc.sql("select distinct plan_type::text from payment_plans where plan_type is not null order by 1")
                        .query(String.class)
                        .list()
                : List.of();
    }

    /** Returns whether {@code payment_plans} is in the users' schema. One elsewhere is another application's. */
    public boolean hasPlansTable() {
        String host = path.resolved().host();
        return jdbc.sql("select to_regclass(:table::text) is not null")
                .param("table", host == null ? "payment_plans" : Identifiers.quoted(host) + ".payment_plans")
                .query(Boolean.class)
                .single();
    }

    /**
     * Returns the configured terms, and the defaults for plan types of the host. Ignores a default unknown to the host
     * if an eligible plan is configured and the host has no other spelling of it.
     *
     * @throws ExitException 78 if an eligible plan type was never sold and is not on sale, if none is eligible, or if
     *     two differ only in case and separators; lists the correct spelling
     */
    public Map<String, PlanTerms> inForce() {
        List<String> onSale = onSale();
        refuseAlike(configured.keySet());
        boolean chosen = false;
        for (Map.Entry<String, PlanTerms> plan : configured.entrySet()) {
            if (plan.getValue().eligible()) {
                requireKnown(plan.getKey(), onSale);
                chosen = true;
            }
        }
        Map<String, PlanTerms> inForce = new LinkedHashMap<>();
        for (Map.Entry<String, PlanTerms> plan : defaults.entrySet()) {
            if (onSale.contains(plan.getKey()) || wasSold(plan.getKey())) {
                inForce.put(plan.getKey(), plan.getValue());
            } else if (!chosen || spelledOtherwise(plan.getKey())) {
                throw unknown(plan.getKey());
            }
        }
        inForce.putAll(configured);
        refuseAlike(inForce.keySet());
        if (inForce.values().stream().noneMatch(PlanTerms::eligible)) {
            throw refused("No plan is eligible, so every credit would expire. " + spelling());
        }
        return inForce;
    }

    private void refuseAlike(Set<String> planTypes) {
        Map<String, String> seen = new LinkedHashMap<>();
        for (String planType : planTypes) {
            String other = seen.putIfAbsent(plain(planType), planType);
            if (other != null) {
                throw refused("rollover.plans names " + other + " and " + planType + ", which differ only in case or"
                        + " separators, so configuration treats them as one. Keep the spelling that payments use. "
                        + spelling());
            }
        }
    }

    private void requireKnown(String planType, List<String> onSale) {
        if (!onSale.contains(planType) && !wasSold(planType)) {
            throw unknown(planType);
        }
    }

    private ExitException unknown(String planType) {
        return refused("The plan type " + planType + " is eligible (rollover.plans." + planType
                + "), but neither payment_plans nor payments has it. Correct its name. " + spelling());
    }

    /** True if the host has another spelling, not configured. */
    private boolean spelledOtherwise(String planType) {
        return found().stream()
                .anyMatch(found -> plain(found).equals(plain(planType)) && !configured.containsKey(found));
    }

    private String spelling() {
        List<String> found = found();
        if (found.isEmpty()) {
            return "There are no plan types. Fill payment_plans.";
        }
        String example = found.stream()
                .filter(planType ->
                        defaults.keySet().stream().anyMatch(plan -> plain(plan).equals(plain(planType))))
                .findFirst()
                .orElse(found.get(0));
        String eligible = found.stream().map(planType -> '"' + planType + '"').collect(Collectors.joining(", "));
        return "Existing plan types: " + eligible + ". For each one that rolls over, set in a file or in"
                + " SPRING_APPLICATION_JSON, with brackets: rollover.plans.\"[" + example
                + "]\".eligible=true, for example"
                + " SPRING_APPLICATION_JSON='{\"rollover\":{\"plans\":{\"[" + example + "]\":{\"eligible\":true}}}}'.";
    }

    Map<String, Boolean> configuredEligible() {
        Map<String, Boolean> eligible = new LinkedHashMap<>();
        defaults.forEach((planType, terms) -> eligible.put(planType, terms.eligible()));
        configured.forEach((planType, terms) -> eligible.put(planType, terms.eligible()));
        return eligible;
    }

    /** Returns the plan types of both tables. Reads all payments. */
    List<String> found() {
        Set<String> found = new TreeSet<>(onSale());
        found.addAll(jdbc.sql(
                        "select distinct plan_type::text from payments where plan_type is not null order by 1 limit 100")
                .query(String.class)
                .list());
        return new ArrayList<>(found);
    }

    private boolean wasSold(String planType) {
        return jdbc.sql("select exists (select from payments where plan_type::text = :planType)")
                .param("planType", planType)
                .query(Boolean.class)
                .single();
    }

    private static String plain(String planType) {
        return planType.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{M}\\p{N}]", "");
    }

    private static ExitException refused(String sentence) {
        return new ExitException(ExitCode.CONFIGURATION, sentence);
    }
}
