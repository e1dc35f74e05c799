package io.creditrollover.report;

import io.creditrollover.report.ReportPage.Fact;
import io.creditrollover.run.RunMode;
import io.creditrollover.run.RunStatus;
import io.creditrollover.run.RunSummary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Turns figures into text and tables, once for all renderings. */
public final class RunReportBuilder {
    private RunReportBuilder() {}

    public static ReportPage of(RunFigures figures) {
        RunSummary run = figures.run();
        List<Section> sections = new ArrayList<>();
        if (!figures.lines().isEmpty()) {
            sections.add(decisions(figures));
        }
        if (!figures.setAside().isEmpty()) {
            sections.add(setAside(figures));
        }
        if (!figures.latePayments().isEmpty()) {
            sections.add(latePayments(figures));
        }
        Section notices = figures.notices().section();
        if (notices != null) {
            sections.add(notices);
        }
        sections.add(MonthSections.runs(figures));
        sections.add(MonthSections.revenue(figures));
        sections.add(MonthSections.customers(figures));
        if (run.status() != RunStatus.BLOCKED) {
            sections.add(reconciliation(figures));
        }
        String mode = run.mode() == RunMode.LIVE ? "" : " (" + run.mode().code() + ")";
        return new ReportPage(
                "Credit rollover " + ReportFormats.month(run.rolloverDate()) + mode + ": " + run.status(),
                summary(run),
                KeyNumbers.of(figures),
                sections,
                facts(figures));
    }

    private static List<String> summary(RunSummary run) {
        if (run.message() != null) {
            return List.of(run.message());
        }
        return run.status() == RunStatus.RUNNING
                ? List.of("This run is not complete. Its figures contain what is written so far.")
                : List.of();
    }

    private static Section decisions(RunFigures figures) {
        return Section.figures(
                "By reason and plan",
                List.of(DecisionLine.MEANING),
                List.of("Decision", "Users", "Credits before", "Credits after"),
                figures.lines().stream()
                        .map(line -> List.of(
                                ReportFormats.code(line.action()) + ": " + ReportFormats.code(line.reasonCode())
                                        + (line.planType() == null ? "" : ", " + line.planType()),
                                ReportFormats.number(line.users()),
                                ReportFormats.number(line.creditsBefore()),
                                ReportFormats.number(line.creditsAfter())))
                        .toList());
    }

    private static Section setAside(RunFigures figures) {
        return Section.words(
                "Skipped"
                        + ofTotal(
                                figures.setAside().size(),
                                figures.thisMonth().totals().usersSkipped()),
                List.of(SkippedUser.MEANING),
                List.of("User", "Phone", "Why"),
                figures.setAside().stream()
                        .map(user -> List.of(String.valueOf(user.userId()), user.phone(), user.reason()))
                        .toList());
    }

    private static Section latePayments(RunFigures figures) {
        return Section.words(
                "Late payments" + ofTotal(figures.latePayments().size(), figures.latePaymentsTotal()),
                List.of(LatePayment.MEANING),
                List.of("User", "Phone", "Credits expired", "Payment"),
                figures.latePayments().stream()
                        .map(user -> List.of(
                                String.valueOf(user.userId()),
                                user.phone(),
                                ReportFormats.number(user.creditsExpired()),
                                user.planType() + ", " + ReportFormats.moment(user.paidAt(), figures.zone())))
                        .toList());
    }

    private static String ofTotal(int listed, long total) {
        return listed < total ? " (" + listed + " of " + ReportFormats.number(total) + ")" : "";
    }

    private static Section reconciliation(RunFigures figures) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                "Events and skips minus the run's totals",
                ReportFormats.number(figures.difference().users()),
                ReportFormats.number(figures.difference().credits())));
        if (figures.expected() != null && figures.run().status() == RunStatus.COMPLETED) {
            RunMonth month = figures.thisMonth();
            rows.add(List.of(
                    "Expired minus forecast",
                    ReportFormats.number(
                            month.totals().usersExpired() - figures.expected().usersExpired()),
                    ReportFormats.number(
                            month.totals().creditsExpired() - figures.expected().creditsExpired())));
        }
        return Section.figures(
                "Reconciliation",
                List.of(ReconciliationDifference.MEANING, "The forecast was computed before the first write."),
                List.of("Difference", "Users", "Credits"),
                rows);
    }

    private static List<Fact> facts(RunFigures figures) {
        RunSummary run = figures.run();
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Execution", String.valueOf(run.executionId())));
        facts.add(new Fact("Run", String.valueOf(run.runId())));
        facts.add(new Fact("Rollover date", run.rolloverDate().toString()));
        facts.add(new Fact("Started", ReportFormats.moment(run.startedAt(), figures.zone())));
        facts.add(new Fact("Finished", ReportFormats.moment(run.finishedAt(), figures.zone())));
        if (run.startedAt() != null && run.finishedAt() != null) {
            Duration duration = Duration.between(run.startedAt(), run.finishedAt());
            facts.add(new Fact("Duration", duration.toSeconds() + " s"));
        }
        facts.add(new Fact("Requested by", run.requestedBy()));
        if (run.approvedBy() != null) {
            facts.add(new Fact("Approved by", run.approvedBy() + ": " + run.reason()));
        }
        return facts;
    }
}
