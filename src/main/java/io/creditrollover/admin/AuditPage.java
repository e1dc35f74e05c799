package io.creditrollover.admin;

import java.time.Clock;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

@OnlyWhenServing
@Controller
class AuditPage {
    private static final int ROWS_A_PAGE = 50;
    private static final Pattern EXECUTION = Pattern.compile("execution (\\d{1,18})");
    private static final Pattern USER = Pattern.compile("user (\\d{1,18})");

    private final AuditSearch audit;
    private final Formats texts;
    private final Clock clock;

    AuditPage(AuditSearch audit, Formats texts, Clock clock) {
        this.audit = audit;
        this.texts = texts;
        this.clock = clock;
    }

    /** @param link what it was about; null if that has no page */
    record Line(
            RelativeTime at,
            String who,
            String address,
            String action,
            String target,
            @Nullable String link,
            String reason,
            String outcome,
            String result) {}

    /** Older entries come by the id of the last one shown: new entries never shift a page. */
    @GetMapping("/audit")
    String audit(
            @RequestParam(required = false) @Nullable String actor,
            @RequestParam(required = false) @Nullable String action,
            @RequestParam(required = false) @Nullable String about,
            @RequestParam(required = false) @Nullable Long before,
            Model model) {
        model.addAttribute("nav", "Activity");
        AuditSearch.Filter filter = AuditSearch.Filter.of(actor, action, about);
        List<AuditSearch.Entry> entries = audit.page(filter, before == null ? Long.MAX_VALUE : before, ROWS_A_PAGE + 1);
        boolean more = entries.size() > ROWS_A_PAGE;
        List<AuditSearch.Entry> shown = more ? entries.subList(0, ROWS_A_PAGE) : entries;
        model.addAttribute("entries", shown.stream().map(this::line).toList());
        model.addAttribute("filter", filter);
        model.addAttribute("actions", audit.actions());
        model.addAttribute("before", before);
        model.addAttribute("latest", address("/audit", filter, null));
        model.addAttribute(
                "next",
                more ? address("/audit", filter, shown.get(shown.size() - 1).id()) : null);
        model.addAttribute("csv", address("/admin/audit.csv", filter, null));
        return "audit";
    }

    private static String address(String path, AuditSearch.Filter filter, @Nullable Long before) {
        return Address.of(
                path, "actor", filter.actor(), "action", filter.action(), "about", filter.about(), "before", before);
    }

    private Line line(AuditSearch.Entry entry) {
        String outcome = entry.outcome();
        boolean intent = entry.result().equals("intended");
        return new Line(
                RelativeTime.of(entry.at(), clock, texts),
                entry.who(),
                entry.address(),
                entry.action(),
                entry.target(),
                link(entry.target()),
                entry.reason() == null ? "" : entry.reason(),
                outcome == null ? (intent ? "asked" : "") : outcome.replace('-', ' '),
                intent ? "" : entry.result());
    }

    private static @Nullable String link(String target) {
        Matcher user = USER.matcher(target);
        if (user.find()) {
            return "/users?id=" + user.group(1);
        }
        Matcher execution = EXECUTION.matcher(target);
        return execution.find() ? "/runs/" + execution.group(1) : null;
    }
}
