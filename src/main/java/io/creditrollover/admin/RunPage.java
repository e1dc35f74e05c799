package io.creditrollover.admin;

import io.creditrollover.report.ReportFormats;
import io.creditrollover.run.RolloverService;
import io.creditrollover.run.RunSummary;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

@OnlyWhenServing
@Controller
class RunPage {
    private static final int EVENTS_A_PAGE = 25;
    private static final int MAX_PAGES = 10_000;
    private static final int MAX_SKIPS = 50;

    private final RolloverService rollovers;
    private final RunRecords records;
    private final LiveProgress progress;
    private final Formats texts;
    private final RunDetails details;

    RunPage(RolloverService rollovers, RunRecords records, LiveProgress progress, Formats texts, RunDetails details) {
        this.details = details;
        this.rollovers = rollovers;
        this.records = records;
        this.progress = progress;
        this.texts = texts;
    }

    @GetMapping("/runs/{executionId}")
    String run(@PathVariable long executionId, Model model) {
        RunSummary run = Lookups.run(rollovers, executionId);
        long total = records.usersInScope(run);
        model.addAttribute("run", RunView.of(run, total, texts));
        details.add(run, total, model);
        model.addAttribute("skips", records.skips(run, MAX_SKIPS));
        model.addAttribute("mostSkips", MAX_SKIPS);
        page(run, RunRecords.Filter.ALL, 0, model);
        return "run";
    }

    @GetMapping("/runs/{executionId}/events")
    String events(
            @PathVariable long executionId,
            @RequestParam(defaultValue = "0") int page,
            @RequestParam(required = false) @Nullable String action,
            @RequestParam(required = false) @Nullable String reasonCode,
            @RequestParam(required = false) @Nullable String user,
            Model model) {
        RunSummary run = Lookups.run(rollovers, executionId);
        model.addAttribute("run", RunView.of(run, 0, texts));
        try {
            page(
                    run,
                    RolloverQueryController.filter(action, reasonCode, user),
                    Math.max(0, Math.min(page, MAX_PAGES)),
                    model);
        } catch (ApiException wrong) {
            model.addAttribute("wrong", wrong.sentence());
        }
        return "events :: events";
    }

    @GetMapping(path = "/runs/{executionId}/progress", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter progress(@PathVariable long executionId) {
        Lookups.run(rollovers, executionId);
        return progress.of(executionId);
    }

    record EventLine(long userId, String phone, String action, String before, String after, String reason) {}

    private void page(RunSummary run, RunRecords.Filter filter, int page, Model model) {
        long total = records.count(run, filter);
        List<EventLine> lines = records.page(run, filter, (long) page * EVENTS_A_PAGE, EVENTS_A_PAGE).stream()
                .map(event -> new EventLine(
                        event.userId(),
                        event.phoneNumber(),
                        event.action(),
                        ReportFormats.number(event.creditsBefore()),
                        ReportFormats.number(event.creditsAfter()),
                        event.reason()))
                .toList();
        model.addAttribute("events", lines);
        model.addAttribute("total", ReportFormats.number(total));
        model.addAttribute("page", page);
        model.addAttribute("last", Math.max(0, (total - 1) / EVENTS_A_PAGE));
        model.addAttribute("filter", filter);
    }
}
