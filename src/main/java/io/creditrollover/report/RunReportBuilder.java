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
        if (!figures.skippedUsers().isEmpty()) {
            sections.add(skippedUsers(figures));
        }
        if (!figures.latePayments().isEmpty()) {
            sections.add(latePayments(figures));
        }
        Section notices = figures.notices().section();
        if (notices != null) {
            sections.add(notices);
        }
        Reinstated.section(figures).ifPresent(sections::add);
        sections.add(MonthSections.runs(figures));
        sections.add(MonthSections.revenue(figures));
        if (!figures.paymentMonths().isEmpty()) {
            sections.add(MonthSections.customers(figures));
        }
        if (run.status() != RunStatus.BLOCKED && figures.difference() != null) {
            sections.add(reconciliation(figures, figures.difference()));
        }
        String mode = run.mode() == RunMode.LIVE ? "" : " (" + run.mode().code() + ")";
        return new ReportPage(
                "Credit rollover " + ReportFormats.month(run.rolloverDate()) + mode + ": " + run.status(),
                summary(figures),
                KeyNumbers.of(figures),
                sections,
                facts(figures));
    }

    private static List<String> summary(RunFigures figures) {
        RunSummary run = figures.run();
        List<String> sentences = new ArrayList<>();
        if (run.message() != null) {
            sentences.add(run.message());
        } else if (run.status() == RunStatus.RUNNING) {
            sentences.add("This run is not complete. Its figures contain what is written so far.");
        }
        sentences.addAll(limits(figures));
        return sentences;
    }

    /** Returns what the page cannot show, one sentence each. */
    public static List<String> limits(RunFigures figures) {
        if (!figures.decisionsThere() && figures.run().totals().usersProcessed() > 0) {
            return List.of(
                    figures.asOf() == null
                            ? "Only the totals are shown: the decisions of this dry run were removed before its figures"
                                    + " were stored."
                            : "The decisions of this dry run were removed; its figures were stored before.");
        }
        return figures.asOf() == null
                ? List.of("Only the totals are shown: the figures of this run are not stored. The command migrate"
                        + " computes and stores them.")
                : List.of();
    }

    private static Section decisions(RunFigures figures) {
        return Section.figures(
                "By reason and plan",
                List.of(DecisionLine.MEANING),
                List.of("Decision", "Users", "Credits before", "Credits after"),
                figures.lines().stream()
                        .map(line -> List.of(
                                (line.action().equals("skip") ? "skipped" : ReportFormats.code(line.action()))
                                        + ": " + ReportFormats.code(line.reasonCode())
                                        + (line.planType() == null ? "" : ", " + line.planType()),
                                ReportFormats.number(line.users()),
                                ReportFormats.number(line.creditsBefore()),
                                ReportFormats.number(line.creditsAfter())))
                        .toList());
    }

    private static Section skippedUsers(RunFigures figures) {
        return Section.words(
                "Skipped"
                        + ofTotal(
                                figures.skippedUsers().size(),
                                figures.thisMonth().totals().usersSkipped()),
                List.of(SkippedUser.MEANING),
                List.of("User", "Phone", "Why"),
                figures.skippedUsers().stream()
                        .map(user -> List.of(String.valueOf(user.userId()), user.phone(), user.reason()))
                        .toList());
    }

    private static Section latePayments(RunFigures figures) {
        return Section.words(
                "Late payments" + ofTotal(figures.latePayments().size(), figures.latePaymentsTotal()),
                List.of(LatePayment.MEANING, "Times are in " + figures.zone() + "."),
                List.of("User", "Phone", "Credits expired", "Payment"),
                figures.latePayments().stream()
                        .map(user -> List.of(
                                String.valueOf(user.userId()),
                                user.phone(),
                                ReportFormats.number(user.creditsExpired()),
                                user.planType() + ", " + ReportFormats.minute(user.paidAt(), figures.zone())))
                        .toList());
    }

    private static String ofTotal(int listed, long total) {
        return listed < total ? " (" + listed + " of " + ReportFormats.number(total) + ")" : "";
    }

    private static Section reconciliation(RunFigures figures, ReconciliationDifference difference) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                "Events and skips minus the run's totals",
                ReportFormats.number(difference.users()),
                ReportFormats.number(difference.credits())));
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
        if (figures.asOf() != null) {
            facts.add(new Fact("Figures as of", ReportFormats.moment(figures.asOf(), figures.zone())));
        }
        facts.add(
                figures.open()
                        ? new Fact(
                                "Late payments and win-back as of",
                                ReportFormats.moment(figures.countedAt(), figures.zone()))
                        : new Fact("Late payments", "counted for the last two months only"));
        facts.add(new Fact("Requested by", run.requestedBy()));
        if (run.approvedBy() != null) {
            facts.add(new Fact("Approved by", run.approvedBy() + ": " + run.reason()));
        }
        return facts;
    }
}
