package io.creditrollover.admin;

import io.creditrollover.report.PhoneMask;
import io.creditrollover.run.RolloverService;
import io.creditrollover.run.RunSummary;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Users skipped in all months: what a person has to look at. */
@OnlyWhenServing
@Controller
class SkippedPage {
    private static final int ROWS_A_PAGE = 50;
    private static final int MAX_PAGES = 10_000;

    private final SkippedUsers skipped;
    private final RolloverService rollovers;
    private final Formats texts;
    private final Clock clock;

    SkippedPage(SkippedUsers skipped, RolloverService rollovers, Formats texts, Clock clock) {
        this.clock = clock;
        this.skipped = skipped;
        this.rollovers = rollovers;
        this.texts = texts;
    }

    /**
     * @param payment the one at fault; empty if none of now fits the reason
     * @param lookedAt null until a person has looked, like {@code lookedAtBy}
     */
    record Line(
            String month,
            @Nullable Long executionId,
            long runId,
            long userId,
            String phone,
            String words,
            String reason,
            String payment,
            @Nullable String lookedAtBy,
            @Nullable RelativeTime lookedAt) {}

    @GetMapping("/skipped")
    String skipped(
            @RequestParam(required = false) @Nullable String reasonCode,
            @RequestParam(required = false) @Nullable String month,
            @RequestParam(required = false) @Nullable Long run,
            @RequestParam(required = false) @Nullable String looked,
            @RequestParam(defaultValue = "0") int page,
            Model model) {
        model.addAttribute("nav", "Skipped");
        SkippedUsers.Filter filter = SkippedUsers.Filter.of(reasonCode, month, runId(run), looked);
        int shown = Math.max(0, Math.min(page, MAX_PAGES));
        List<SkippedUsers.Skipped> found = skipped.page(filter, (long) shown * ROWS_A_PAGE, ROWS_A_PAGE + 1);
        Map<Long, RunSummary> runs = new HashMap<>();
        rollovers.runs().forEach(known -> runs.put(Objects.requireNonNullElse(known.runId(), -1L), known));
        model.addAttribute(
                "lines",
                found.stream()
                        .limit(ROWS_A_PAGE)
                        .map(skip -> line(skip, runs.get(skip.runId())))
                        .toList());
        model.addAttribute("reasons", ReasonWords.SKIPS);
        model.addAttribute("reasonCode", filter.reasonCode());
        model.addAttribute("month", month == null || month.isBlank() ? null : month.strip());
        model.addAttribute("run", run);
        model.addAttribute("looked", looked(filter));
        model.addAttribute("page", shown);
        model.addAttribute("more", found.size() > ROWS_A_PAGE);
        model.addAttribute("previous", address("/skipped", filter, month, run, Address.page(shown - 1)));
        model.addAttribute("next", address("/skipped", filter, month, run, shown + 1));
        model.addAttribute("csv", address("/admin/skips.csv", filter, month, run, null));
        return "skipped";
    }

    private static String address(
            String path,
            SkippedUsers.Filter filter,
            @Nullable String month,
            @Nullable Long run,
            @Nullable Integer page) {
        String wanted = month == null || month.isBlank() ? null : month.strip();
        return Address.of(
                path,
                "reasonCode",
                filter.reasonCode(),
                "month",
                wanted,
                "run",
                run,
                "looked",
                looked(filter),
                "page",
                page);
    }

    private static @Nullable String looked(SkippedUsers.Filter filter) {
        return filter.looked() == null ? null : filter.looked() ? "yes" : "no";
    }

    /** @param execution any of the run; null for all runs */
    private @Nullable Long runId(@Nullable Long execution) {
        return execution == null ? null : Lookups.run(rollovers, execution).runId();
    }

    private Line line(SkippedUsers.Skipped skip, @Nullable RunSummary run) {
        return new Line(
                Formats.month(skip.rolloverDate()),
                run == null ? null : run.executionId(),
                skip.runId(),
                skip.userId(),
                PhoneMask.mask(skip.phoneNumber()).replaceFirst("^\\*+", "…"),
                ReasonWords.of(skip.reasonCode()),
                skip.reason(),
                payment(skip),
                skip.lookedAtBy(),
                skip.lookedAt() == null ? null : RelativeTime.of(skip.lookedAt(), clock, texts));
    }

    private String payment(SkippedUsers.Skipped skip) {
        if (skip.paymentId() == null) {
            return "";
        }
        String plan = skip.planType() == null ? "no plan" : skip.planType();
        String amount = skip.amountPaise() == null ? "" : ", " + texts.money(skip.amountPaise());
        String status = skip.status() == null ? "no status" : skip.status();
        String at = skip.paidAt() == null ? "no usable date" : texts.time(skip.paidAt());
        return "payment " + skip.paymentId() + ": " + plan + amount + ", " + status + ", " + at;
    }
}
