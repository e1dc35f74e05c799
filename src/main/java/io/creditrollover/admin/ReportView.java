package io.creditrollover.admin;

import io.creditrollover.report.DecisionLine;
import io.creditrollover.report.ReportPage;
import io.creditrollover.report.RunFigures;
import io.creditrollover.report.RunReportBuilder;
import io.creditrollover.run.RolloverService;
import io.creditrollover.run.RunMode;
import io.creditrollover.run.RunStatus;
import io.creditrollover.run.RunSummary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The report of a run, as the command {@code report} has it, with counts that are some minutes old. */
@OnlyWhenServing
@Component
class ReportView {
    private final RolloverService rollovers;
    private final SharedFigures figures;

    ReportView(RolloverService rollovers, SharedFigures figures) {
        this.rollovers = rollovers;
        this.figures = figures;
    }

    /** @throws ApiException 404 if there is no such execution */
    RunFigures of(long executionId) {
        return figures.of(Lookups.run(rollovers, executionId));
    }

    static ReportPage page(RunFigures figures) {
        return RunReportBuilder.of(figures);
    }

    /** Addresses of the events behind each line of the first table. */
    static List<String> links(RunFigures figures, long executionId) {
        return figures.lines().stream().map(line -> link(line, executionId)).toList();
    }

    private static String link(DecisionLine line, long executionId) {
        if (line.action().equals("skip")) {
            return Address.of("/skipped", "reasonCode", line.reasonCode(), "run", executionId);
        }
        return Address.of("/runs/" + executionId + "/events", "action", line.action(), "reasonCode", line.reasonCode());
    }

    /** Addresses of the runs behind a chart's bars, by month such as {@code 2026-11}. */
    static Map<String, String> months(List<RunSummary> runs) {
        Map<String, String> links = new HashMap<>();
        runs.stream()
                .filter(run ->
                        run.mode() == RunMode.LIVE && run.status() != RunStatus.UNDONE && run.executionId() != null)
                .forEach(run ->
                        links.putIfAbsent(run.rolloverDate().toString().substring(0, 7), "/runs/" + run.executionId()));
        return links;
    }
}
