package io.creditrollover.admin;

import io.creditrollover.report.ReportFormats;
import io.creditrollover.run.RolloverService;
import io.creditrollover.run.RunMode;
import io.creditrollover.run.RunSummary;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Events of a run, a tab of its own. Filter and page are in the address, so a link, the back button and a reload show
 * the same. The script only exchanges the table.
 */
@OnlyWhenServing
@Controller
class EventsPage {
    private static final int EVENTS_A_PAGE = 25;
    private static final int MAX_PAGES = 10_000;

    private final RolloverService rollovers;
    private final RunRecords records;
    private final Formats texts;

    EventsPage(RolloverService rollovers, RunRecords records, Formats texts) {
        this.rollovers = rollovers;
        this.records = records;
        this.texts = texts;
    }

    record Line(long userId, String phone, String action, String before, String after, String why, String reason) {}

    @GetMapping("/runs/{executionId}/events")
    String events(
            @PathVariable long executionId,
            @RequestParam(defaultValue = "0") int page,
            @RequestParam(required = false) @Nullable String action,
            @RequestParam(required = false) @Nullable String reasonCode,
            @RequestParam(required = false) @Nullable String user,
            HttpServletResponse response,
            Model model) {
        RunSummary run = Lookups.run(rollovers, executionId);
        model.addAttribute("nav", "Months");
        model.addAttribute("run", RunView.of(run, 0, texts));
        model.addAttribute("tab", "events");
        model.addAttribute("reasons", ReasonWords.DECISIONS);
        model.addAttribute("typed", new Typed(action, reasonCode, user));
        try {
            RunRecords.Filter filter = RolloverQueryController.filter(action, null, reasonCode, user);
            int shown = Math.max(0, Math.min(page, MAX_PAGES));
            response.setHeader("HX-Push-Url", address(executionId, shown, filter));
            table(run, filter, shown, model);
            model.addAttribute("previous", address(executionId, shown - 1, filter));
            model.addAttribute("next", address(executionId, shown + 1, filter));
            model.addAttribute("csv", csv(executionId, filter));
        } catch (ApiException wrong) {
            model.addAttribute("wrong", wrong.sentence());
        }
        return "events";
    }

    record Typed(
            @Nullable String action,
            @Nullable String reasonCode,
            @Nullable String user) {}

    private void table(RunSummary run, RunRecords.Filter filter, int page, Model model) {
        long total = records.count(run, filter);
        List<Line> lines = records.page(run, filter, (long) page * EVENTS_A_PAGE, EVENTS_A_PAGE).stream()
                .map(event -> new Line(
                        event.userId(),
                        event.phoneNumber().replaceFirst("^\\*+", "…"),
                        event.action(),
                        ReportFormats.number(event.creditsBefore()),
                        ReportFormats.number(event.creditsAfter()),
                        ReasonWords.of(event.reasonCode()),
                        event.reason()))
                .toList();
        model.addAttribute("events", lines);
        model.addAttribute("total", ReportFormats.number(total));
        model.addAttribute("page", page);
        model.addAttribute("last", Math.max(0, (total - 1) / EVENTS_A_PAGE));
        model.addAttribute(
                "order",
                run.mode() == RunMode.LIVE || run.mode() == RunMode.DRY_RUN
                        ? "ordered by user id"
                        : "ordered as they were written");
    }

    /** Without a whole phone number: an address is kept in a browser's history. */
    private static String address(long executionId, int page, RunRecords.Filter filter) {
        UserFilter user = filter.user();
        return Address.of(
                "/runs/" + executionId + "/events",
                "action",
                filter.action(),
                "reasonCode",
                filter.reasonCode(),
                "user",
                user == null || user.isWhole() ? null : user.given(),
                "page",
                Address.page(page));
    }

    private static String csv(long executionId, RunRecords.Filter filter) {
        return Address.of(
                "/admin/rollovers/" + executionId + "/events.csv",
                "action",
                filter.action(),
                "reasonCode",
                filter.reasonCode(),
                "user",
                filter.user() == null ? null : filter.user().given());
    }
}
