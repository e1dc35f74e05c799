package io.creditrollover.cli;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.notify.OutboxDispatcher;
import io.creditrollover.people.OldRows;
import io.creditrollover.report.EventCsv;
import io.creditrollover.report.Figures;
import io.creditrollover.report.ReportJson;
import io.creditrollover.report.ReportPage;
import io.creditrollover.report.RunFigures;
import io.creditrollover.report.RunReportBuilder;
import io.creditrollover.report.Templates;
import io.creditrollover.report.TextRenderer;
import io.creditrollover.run.RolloverService;
import io.creditrollover.run.RunSummary;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

@Command(name = "report", description = "Shows the full report of a run.", mixinStandardHelpOptions = true)
final class ReportCommand extends JsonCommand {
    @Parameters(paramLabel = "EXECUTION_ID", description = "Any execution of the run.")
    private long executionId;

    @Option(
            names = "--csv",
            paramLabel = "FILE",
            description = "Write all events to this CSV file, with masked phone numbers.")
    private @Nullable Path csv;

    @Option(names = "--html", paramLabel = "FILE", description = "Write a page with charts to this file.")
    private @Nullable Path html;

    @Option(names = "--send", description = "Send the pending mail, or send it again.")
    private boolean send;

    ReportCommand(CommandRunner invocation) {
        super(invocation);
    }

    @Override
    public Integer call() {
        return invocation.execute(json, this::report);
    }

    private CommandResult report(ApplicationContext application) {
        RunSummary run = application.getBean(RolloverService.class).status(executionId);
        long runId = Objects.requireNonNull(run.runId());
        application.getBean(OldRows.class).requireDecisions(runId);
        RunFigures figures = application.getBean(Figures.class).of(runId);
        ReportPage page = RunReportBuilder.of(figures);
        ObjectNode body = ReportJson.of(figures);
        StringBuilder text = new StringBuilder(TextRenderer.text(page));
        if (csv != null) {
            long events = application.getBean(EventCsv.class).write(runId, csv);
            body.put("csv", csv.toString());
            text.append("\n\n")
                    .append(events)
                    .append(" events written to ")
                    .append(csv)
                    .append('.');
        }
        if (html != null) {
            application.getBean(Templates.class).write(page, html);
            body.put("html", html.toString());
            text.append("\n\nPage written to ").append(html).append('.');
        }
        return send ? sent(application, figures.run(), body, text) : CommandResult.done(body, text.toString());
    }

    private CommandResult sent(ApplicationContext application, RunSummary run, ObjectNode body, StringBuilder text) {
        OutboxDispatcher.Round round =
                application.getBean(OutboxDispatcher.class).send(run, invocation.signal());
        body.put("mailsSent", round.sent());
        text.append("\n\nMails sent: ").append(round.sent()).append('.');
        if (round.error().isEmpty()) {
            return CommandResult.done(body, text.toString());
        }
        String error = "A mail was not sent and stays in the outbox: " + round.error()
                + ". Correct SPRING_MAIL_HOST and the other mail settings, or ROLLOVER_NOTIFICATION_EMAIL, then send it again.";
        return new CommandResult(round.refused() ? ExitCode.REFUSED : ExitCode.RETRY, body, text.toString(), error);
    }
}
