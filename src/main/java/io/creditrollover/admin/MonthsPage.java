package io.creditrollover.admin;

import io.creditrollover.exit.ExitException;
import io.creditrollover.report.BarChart;
import io.creditrollover.run.Outlook;
import io.creditrollover.run.Outlooks;
import io.creditrollover.run.Rollovers;
import io.creditrollover.run.RunStatus;
import io.creditrollover.run.RunSummary;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The front page: the months at a glance, what works now, and what comes next. */
@OnlyWhenServing
@Controller
class MonthsPage {
    private static final int MOST_MONTHS = 12;
    private static final int MOST_RUNS = 40;

    private final Rollovers rollovers;
    private final Outlooks outlooks;
    private final NextRun nextRun;
    private final Texts texts;
    private final Audit audit;

    MonthsPage(Rollovers rollovers, Outlooks outlooks, NextRun nextRun, Texts texts, Audit audit) {
        this.rollovers = rollovers;
        this.outlooks = outlooks;
        this.nextRun = nextRun;
        this.texts = texts;
        this.audit = audit;
    }

    @GetMapping("/")
    String months(Model model) {
        List<RunSummary> runs = rollovers.runs();
        List<RunSummary> months = runs.stream()
                .filter(run -> run.mode().equals("live") && run.status() == RunStatus.COMPLETED)
                .limit(MOST_MONTHS)
                .toList();
        model.addAttribute("chart", chart(months));
        model.addAttribute("hasMonths", !months.isEmpty());
        model.addAttribute(
                "runs",
                runs.stream()
                        .limit(MOST_RUNS)
                        .map(run -> RunView.of(run, 0, texts))
                        .toList());
        model.addAttribute("scheduled", nextRun.isScheduled());
        model.addAttribute("next", texts.time(nextRun.next().toInstant()));
        return "months";
    }

    /** The forecast takes a moment with many users, so the page fetches it after it is shown. */
    @GetMapping("/forecast")
    String forecast(Model model) {
        try {
            Outlook outlook = outlooks.of(null);
            model.addAttribute("outlook", OutlookView.of(outlook));
        } catch (ExitException refused) {
            model.addAttribute("refused", refused.sentence());
        }
        return "forecast :: figures";
    }

    @GetMapping("/audit")
    String record(Model model) {
        model.addAttribute(
                "entries",
                audit.latest(200).stream()
                        .map(entry -> new AuditLine(
                                texts.time(entry.at()),
                                entry.who(),
                                entry.address(),
                                entry.action(),
                                entry.target(),
                                entry.reason() == null ? "" : entry.reason(),
                                entry.result()))
                        .toList());
        return "audit";
    }

    /** A line of the record, in words. */
    record AuditLine(
            String at, String who, String address, String action, String target, String reason, String result) {}

    private static BarChart chart(List<RunSummary> latestFirst) {
        List<BarChart.Month> bars = new ArrayList<>(latestFirst.stream()
                .map(run -> new BarChart.Month(
                        run.rolloverDate().toString(),
                        Texts.shortMonth(run.rolloverDate()),
                        run.creditsRolledOver(),
                        run.creditsExpired()))
                .toList());
        Collections.reverse(bars);
        return new BarChart("Credits by month", "rolled over", "expired", bars);
    }
}
