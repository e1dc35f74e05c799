package io.creditrollover.notify;

import io.creditrollover.config.RolloverProperties;
import io.creditrollover.report.BarChart;
import io.creditrollover.report.ChartPicture;
import io.creditrollover.report.Figures;
import io.creditrollover.report.FiguresStore;
import io.creditrollover.report.ReportFormats;
import io.creditrollover.report.ReportPage;
import io.creditrollover.report.RunFigures;
import io.creditrollover.report.RunReportBuilder;
import io.creditrollover.report.Section;
import io.creditrollover.report.Templates;
import io.creditrollover.report.TextRenderer;
import io.creditrollover.rollover.Totals;
import io.creditrollover.run.RunMode;
import io.creditrollover.run.RunSummary;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Component;

/** Renders one page as both parts of a mail, so their content is the same. */
@Component
class SummaryMailRenderer {
    private final FiguresStore store;
    private final Figures figures;
    private final Alerts alerts;
    private final Templates templates;
    private final @Nullable URI console;

    SummaryMailRenderer(
            FiguresStore store, Figures figures, Alerts alerts, Templates templates, RolloverProperties properties) {
        this.store = store;
        this.console = properties.admin().baseUrl();
        this.figures = figures;
        this.alerts = alerts;
        this.templates = templates;
    }

    /** Uses the current figures, but the failure cause of the mail's attempt. */
    SummaryMail write(PendingMail mail) {
        store.tryToStore(mail.runId());
        RunFigures read = figures.of(mail.runId());
        List<Alert> found = alerts.of(read, mail.outcome());
        ReportPage page = RunReportBuilder.of(read).withSummary(summary(mail, read, found, link(read.run())));
        Resource chart = page.sections().stream()
                .map(Section::chart)
                .filter(Objects::nonNull)
                .findFirst()
                .filter(SummaryMailRenderer::showsHistory)
                .flatMap(ChartPicture::png)
                .map(ByteArrayResource::new)
                .orElse(null);
        Map<String, Object> values = Map.of(
                "page",
                page,
                "outcome",
                mail.outcome().name(),
                "link",
                link(read.run()),
                "chart",
                chart != null ? SummaryMail.CHART_ID : "");
        return new SummaryMail(
                subject(mail, read, found),
                TextRenderer.text(page) + "\n",
                templates.fill("mail/summary.html", values),
                chart);
    }

    private static boolean showsHistory(BarChart chart) {
        return chart.months().stream().anyMatch(month -> month.lower() + month.upper() > 0);
    }

    /** Returns the page of the run; empty without {@code rollover.admin.base-url}. */
    private String link(RunSummary run) {
        return console == null || run.executionId() == null
                ? ""
                : console.toString().replaceFirst("/+$", "") + "/runs/" + run.executionId();
    }

    private static List<String> summary(PendingMail mail, RunFigures figures, List<Alert> alerts, String link) {
        List<String> sentences = new ArrayList<>();
        if (mail.message() != null) {
            sentences.add("Cause: " + mail.message());
        }
        alerts.forEach(alert -> sentences.add(alert.sentence()));
        if (mail.outcome() != MailOutcome.OK) {
            sentences.add("To resume: " + command(mail, figures.run()));
        }
        sentences.addAll(RunReportBuilder.limits(figures));
        if (!link.isEmpty()) {
            sentences.add((mail.outcome() == MailOutcome.OK ? "In the console: " : "Or in the console: ") + link);
        }
        return sentences;
    }

    /** Returns the command to resume; passing a limit needs a reason. */
    private static String command(PendingMail mail, RunSummary run) {
        String approve = mail.limitExceeded() || mail.outcome() == MailOutcome.BLOCKED ? " --approve \"REASON\"" : "";
        String command = mail.outcome() == MailOutcome.BLOCKED || run.executionId() == null
                ? "run --date " + run.rolloverDate()
                : "restart " + run.executionId();
        return "java -jar credit-rollover.jar " + command + approve;
    }

    private static String subject(PendingMail mail, RunFigures figures, List<Alert> alerts) {
        RunSummary run = figures.run();
        String month = run.rolloverDate().toString().substring(0, 7)
                + (run.mode() == RunMode.LIVE ? "" : " " + run.mode().code());
        Totals totals = figures.thisMonth().totals();
        String said = mail.outcome() == MailOutcome.OK && run.creditsReinstated() != null
                ? ": " + ReportFormats.number(run.creditsReinstated()) + " credits reinstated to "
                        + ReportFormats.number(run.totals().usersRolledOver()) + " users"
                : mail.outcome() == MailOutcome.OK
                        ? ": " + ReportFormats.number(totals.usersRolledOver()) + " users rolled over, "
                                + ReportFormats.number(totals.usersExpired()) + " expired"
                        : ", execution " + run.executionId();
        String warned = alerts.stream()
                .map(Alert::name)
                .filter(name -> name != Alert.Name.FAILED && name != Alert.Name.BLOCKED)
                .distinct()
                .map(Alert.Name::words)
                .collect(Collectors.joining(", "));
        return "[credit-rollover] " + mail.outcome() + " " + month + said
                + (warned.isEmpty() ? "" : "; alert: " + warned);
    }
}
