package io.creditrollover.admin;

import io.creditrollover.report.RunFigures;
import io.creditrollover.run.RolloverService;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

@OnlyWhenServing
@Controller
class ReportTab {
    private final ReportView reports;
    private final RolloverService rollovers;
    private final Formats texts;

    ReportTab(ReportView reports, RolloverService rollovers, Formats texts) {
        this.reports = reports;
        this.rollovers = rollovers;
        this.texts = texts;
    }

    @GetMapping("/runs/{executionId}/report")
    String report(@PathVariable long executionId, Model model) {
        RunFigures figures = reports.of(executionId);
        model.addAttribute("nav", "Months");
        model.addAttribute("tab", "report");
        model.addAttribute("run", RunView.of(figures.run(), 0, texts));
        model.addAttribute("report", ReportView.page(figures));
        model.addAttribute("lineLinks", ReportView.links(figures, executionId));
        model.addAttribute("monthLinks", ReportView.months(rollovers.runs()));
        return "report";
    }
}
