package io.creditrollover.admin;

import io.creditrollover.report.Explanation;
import io.creditrollover.report.Explanations;
import io.creditrollover.run.RolloverService;
import io.creditrollover.run.RunSummary;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@OnlyWhenServing
@RestController
@RequestMapping("/admin")
class RolloverQueryController {
    private static final int MAX_EVENTS = 1_000;
    private static final long FARTHEST = 10_000_000;
    private static final Set<String> ACTIONS = Set.of("rollover", "expiry", "reversal", "reinstatement");

    private final RolloverService rollovers;
    private final RunRecords records;
    private final ForecastAnswers forecasts;
    private final Explanations explanations;

    RolloverQueryController(
            RolloverService rollovers, RunRecords records, ForecastAnswers forecasts, Explanations explanations) {
        this.rollovers = rollovers;
        this.records = records;
        this.forecasts = forecasts;
        this.explanations = explanations;
    }

    /** {@code page} counts from 0; {@code totalEvents} are those of all pages. */
    record EventPage(List<RunRecords.Event> events, int page, int size, long totalEvents, long totalPages) {}

    @GetMapping("/rollovers")
    Map<String, List<RunSummary>> all() {
        return Map.of("runs", rollovers.runs());
    }

    @GetMapping("/rollovers/{executionId}")
    RunSummary one(@PathVariable long executionId) {
        return Lookups.run(rollovers, executionId);
    }

    @GetMapping("/rollovers/{executionId}/events")
    EventPage events(
            @PathVariable long executionId,
            @RequestParam(defaultValue = "0") int page,
            @RequestParam(defaultValue = "100") int size,
            @RequestParam(required = false) @Nullable String action,
            @RequestParam(required = false) @Nullable String reason,
            @RequestParam(required = false) @Nullable String reasonCode,
            @RequestParam(required = false) @Nullable String user) {
        RunSummary run = Lookups.run(rollovers, executionId);
        if (size < 1 || size > MAX_EVENTS || page < 0 || (long) page * size > FARTHEST) {
            throw ApiException.badRequest("size must be from 1 to " + MAX_EVENTS
                    + ", page from 0, and both together within " + FARTHEST + " events.");
        }
        RunRecords.Filter filter = filter(action, reason, reasonCode, user);
        long total = records.count(run, filter);
        return new EventPage(
                records.page(run, filter, (long) page * size, size), page, size, total, (total + size - 1) / size);
    }

    @GetMapping("/forecast")
    CompletableFuture<ForecastAnswers.Answer> forecast(
            @RequestParam(required = false) @Nullable LocalDate date,
            @RequestParam(defaultValue = "false") boolean afresh) {
        return Lookups.asBadRequest(() -> forecasts.of(date, afresh));
    }

    @GetMapping("/users/{idOrPhone}/explain")
    Explanation explain(@PathVariable String idOrPhone, @RequestParam(required = false) @Nullable LocalDate date) {
        return Lookups.user(explanations, InputChecks.required("user", idOrPhone), date);
    }

    @GetMapping("/openapi.yaml")
    ResponseEntity<Resource> description() {
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("application/yaml"))
                .body(new ClassPathResource("admin/openapi.yaml"));
    }

    /** @param reason the code too; {@code reasonCode} is the older name of the parameter and of the page's field */
    static RunRecords.Filter filter(
            @Nullable String action, @Nullable String reason, @Nullable String reasonCode, @Nullable String user) {
        String wantedAction = InputChecks.optional("action", action);
        if (wantedAction != null && !ACTIONS.contains(wantedAction)) {
            throw ApiException.badRequest("action must be one of rollover, expiry, reversal, reinstatement.");
        }
        String name = reasonCode == null ? "reason" : "reasonCode";
        String wantedCode = InputChecks.optional(name, reasonCode == null ? reason : reasonCode);
        if (wantedCode != null && !wantedCode.matches("[A-Z_]{1,40}")) {
            throw ApiException.badRequest(name + " must be a code such as NO_PAYMENT.");
        }
        String wantedUser = InputChecks.optional("user", user);
        return new RunRecords.Filter(wantedAction, wantedCode, wantedUser == null ? null : UserFilter.of(wantedUser));
    }
}
