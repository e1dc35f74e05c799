package io.creditrollover.cli;

import io.creditrollover.host.ConnectionCheck;
import io.creditrollover.host.Finding;
import io.creditrollover.host.HostSurvey;
import io.creditrollover.run.Diagnosis;
import java.util.Locale;
import java.util.Objects;

final class DoctorText {
    private DoctorText() {}

    static String of(Diagnosis found) {
        StringBuilder text = new StringBuilder();
        found.connections().forEach((use, way) -> text.append(way(use, way)));
        if (!found.statuses().isEmpty()) {
            text.append(String.format(Locale.ROOT, "%n%-24s %12s  %s%n", "payment status", "payments", "means"));
            found.statuses().forEach(status -> text.append(status(status)));
        }
        if (!found.planTypes().isEmpty()) {
            text.append(String.format(
                    Locale.ROOT, "%n%-24s %12s  %-10s %s%n", "plan type", "payments", "on sale", "rolls over"));
            found.planTypes().forEach(plan -> text.append(plan(plan)));
        }
        if (!found.sample().isEmpty()) {
            text.append(String.format(
                    Locale.ROOT, "%n%-24s %-10s %-24s %s%n", "user (sample)", "would", "reason", "credits"));
            found.sample().forEach(user -> text.append(sample(user)));
        }
        found.findings().forEach(finding -> text.append(finding(finding)));
        long errors = found.errors().size();
        long warnings = found.findings().size() - errors;
        text.append(String.format(Locale.ROOT, "%n%d errors, %d warnings.", errors, warnings));
        return text.toString();
    }

    private static String way(String use, ConnectionCheck.Way way) {
        return way.reachable()
                ? String.format(
                        Locale.ROOT,
                        "Connection for %s: PostgreSQL %s as %s, %s, %s%n",
                        use,
                        way.server(),
                        way.role(),
                        way.pooled() ? "through a pooler" : "direct",
                        way.tls() ? "encrypted" : way.local() ? "on this machine" : "not encrypted")
                : String.format(Locale.ROOT, "Connection for %s: failed%n", use);
    }

    private static String status(HostSurvey.Status status) {
        String name = Objects.requireNonNullElse(status.status(), "(null)");
        return String.format(Locale.ROOT, "%-24s %,12d  %s%n", name, status.payments(), status.meaning());
    }

    private static String plan(HostSurvey.PlanType plan) {
        return String.format(
                Locale.ROOT,
                "%-24s %,12d  %-10s %s%n",
                Objects.requireNonNullElse(plan.planType(), "(null)"),
                plan.payments(),
                plan.onSale() ? "yes" : "no",
                plan.eligible() ? "yes" : plan.configured() || plan.onSale() ? "no" : "unknown");
    }

    private static String sample(Diagnosis.Sample user) {
        String credits = user.creditsBefore() == null ? "" : user.creditsBefore() + " -> " + user.creditsAfter();
        return String.format(
                Locale.ROOT,
                "%-24d %-10s %-24s %s%n",
                user.userId(),
                user.action(),
                Objects.requireNonNullElse(user.reasonCode(), ""),
                credits);
    }

    private static String finding(Finding finding) {
        return String.format(
                Locale.ROOT,
                "%n%s  %s%n  %s%n%s",
                finding.severity(),
                finding.where(),
                finding.what(),
                finding.mend().isEmpty() ? "" : "  " + finding.mend() + System.lineSeparator());
    }
}
