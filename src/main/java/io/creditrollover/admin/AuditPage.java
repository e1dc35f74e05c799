package io.creditrollover.admin;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

@OnlyWhenServing
@Controller
class AuditPage {
    private static final int MAX_ROWS = 200;

    private final Audit audit;
    private final Formats texts;

    AuditPage(Audit audit, Formats texts) {
        this.audit = audit;
        this.texts = texts;
    }

    record Line(
            String at,
            String who,
            String address,
            String action,
            String target,
            String reason,
            String outcome,
            String result) {}

    @GetMapping("/audit")
    String audit(Model model) {
        model.addAttribute(
                "entries", audit.latest(MAX_ROWS).stream().map(this::line).toList());
        model.addAttribute("max", MAX_ROWS);
        return "audit";
    }

    private Line line(Audit.Entry entry) {
        String outcome = entry.outcome();
        boolean intent = entry.result().equals("intended");
        return new Line(
                texts.time(entry.at()),
                entry.who(),
                entry.address(),
                entry.action(),
                entry.target(),
                entry.reason() == null ? "" : entry.reason(),
                outcome == null ? (intent ? "asked" : "") : outcome.replace('-', ' '),
                intent ? "" : entry.result());
    }
}
