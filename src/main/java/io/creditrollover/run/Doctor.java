package io.creditrollover.run;

import io.creditrollover.config.RolloverProperties;
import io.creditrollover.decision.RolloverDecision;
import io.creditrollover.decision.RolloverPolicy;
import io.creditrollover.decision.Verdict;
import io.creditrollover.exit.ExitException;
import io.creditrollover.host.ConnectionCheck;
import io.creditrollover.host.Finding;
import io.creditrollover.host.HostCheck;
import io.creditrollover.host.HostSurvey;
import io.creditrollover.host.IndexUse;
import io.creditrollover.rollover.UserForecasts;
import io.creditrollover.schema.Installation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Checks host, grants, configuration and connections. Reads only; needs no table of the product. */
@Component
public class Doctor {
    private static final int SAMPLE = 10;

    private final HostCheck host;
    private final HostSurvey survey;
    private final IndexUse indexes;
    private final ConnectionCheck connections;
    private final Installation installation;
    private final PolicyProvider policies;
    private final UserForecasts userForecasts;
    private final Set<String> unpaidStatuses;

    Doctor(
            HostCheck host,
            HostSurvey survey,
            IndexUse indexes,
            ConnectionCheck connections,
            Installation installation,
            PolicyProvider policies,
            UserForecasts userForecasts,
            RolloverProperties properties) {
        this.host = host;
        this.survey = survey;
        this.indexes = indexes;
        this.connections = connections;
        this.installation = installation;
        this.policies = policies;
        this.userForecasts = userForecasts;
        this.unpaidStatuses = Set.copyOf(properties.host().unpaidStatuses());
    }

    /** Runs all checks; after a host error, omits the dependent ones. */
    public Diagnosis examine() {
        host.lookAgain();
        List<Finding> findings = new ArrayList<>();
        Map<String, ConnectionCheck.Way> ways = connections.ways(findings);
        findings.addAll(host.findings(HostCheck.Purpose.LIVE));
        if (findings.stream().anyMatch(Finding::isError)) {
            return new Diagnosis(findings, List.of(), List.of(), List.of(), ways);
        }
        findings.addAll(installation.findings());
        findings.addAll(survey.openSchemas());
        findings.addAll(survey.strangeOperators());
        findings.addAll(indexes.findings());
        List<HostSurvey.Status> statuses = survey.statuses(unpaidStatuses);
        List<HostSurvey.PlanType> planTypes = survey.planTypes();
        statuses.stream()
                .filter(status -> status.meaning().equals("unknown"))
                .forEach(status -> findings.add(unknown(status)));
        planTypes.stream()
                .filter(plan -> !plan.onSale() && !plan.configured())
                .forEach(plan -> findings.add(unknown(plan)));
        return new Diagnosis(findings, statuses, planTypes, sample(findings), ways);
    }

    private List<Diagnosis.Sample> sample(List<Finding> findings) {
        RolloverPolicy policy;
        try {
            policy = policies.configured(policies.currentDate()).warnBy(null);
        } catch (ExitException refused) {
            findings.add(Finding.error("rollover.plans", refused.sentence(), ""));
            return List.of();
        }
        long orphans = survey.orphans(policy.earliestWindowStart());
        if (orphans > 0) {
            findings.add(Finding.warning(
                    "payments.user_id",
                    orphans + " paid payments since " + policy.earliestWindowStart()
                            + " belong to no user. Their buyers count as unpaid.",
                    "Set their user_id, or exclude them in a view."));
        }
        return survey.someUsers(SAMPLE).stream()
                .flatMap(id -> userForecasts.of(policy, id).stream())
                .map(Doctor::sample)
                .toList();
    }

    private static Diagnosis.Sample sample(Verdict verdict) {
        if (verdict instanceof RolloverDecision decided) {
            return new Diagnosis.Sample(
                    decided.userId(),
                    decided.action().name().toLowerCase(Locale.ROOT),
                    decided.reasonCode().name(),
                    decided.creditsBefore(),
                    decided.creditsAfter());
        }
        return verdict instanceof Verdict.Skipped skipped
                ? new Diagnosis.Sample(
                        skipped.userId(), "skip", skipped.reasonCode().name(), null, null)
                : new Diagnosis.Sample(verdict.userId(), "postponed", null, null, null);
    }

    private static Finding unknown(HostSurvey.Status status) {
        String name = status.status() == null ? "null" : "'" + status.status() + "'";
        return Finding.warning(
                "payments.payment_status",
                "The status " + name + " of " + status.payments()
                        + " payments is not paid, pending, failed or refunded."
                        + " Users who would lose credits are skipped while such a payment counts.",
                status.status() == null
                        ? "Set it, or exclude these payments in a view."
                        : "If it means unpaid, add " + status.status()
                                + " to rollover.host.unpaid-statuses. If it means"
                                + " paid, map it to 'paid' in a view.");
    }

    private static Finding unknown(HostSurvey.PlanType plan) {
        String name = plan.planType() == null ? "null" : "'" + plan.planType() + "'";
        return Finding.warning(
                "payments.plan_type",
                "The plan type " + name + " of " + plan.payments()
                        + " payments is neither in payment_plans nor configured."
                        + " Users whose last payment is for it are skipped.",
                plan.planType() == null
                        ? "Set it."
                        : "Add it to payment_plans, or set rollover.plans.\"[" + plan.planType()
                                + "]\".eligible to false or true.");
    }
}
