package io.creditrollover.admin;

import io.creditrollover.run.RolloverService;
import io.creditrollover.run.RunSummary;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

@OnlyWhenServing
@Controller
class RunPage {
    private static final int MAX_SKIPS = 10;

    private final RolloverService rollovers;
    private final RunRecords records;
    private final LiveProgress progress;
    private final Formats texts;
    private final RunPageDetails details;
    private final SharedFigures figures;

    RunPage(
            RolloverService rollovers,
            RunRecords records,
            LiveProgress progress,
            Formats texts,
            RunPageDetails details,
            SharedFigures figures) {
        this.details = details;
        this.figures = figures;
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
        figures.prepare(run);
        return "run";
    }

    @GetMapping(path = "/runs/{executionId}/progress", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter progress(@PathVariable long executionId) {
        Lookups.run(rollovers, executionId);
        return progress.of(executionId);
    }
}
