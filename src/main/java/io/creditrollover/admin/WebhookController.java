package io.creditrollover.admin;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.OptBoolean;
import io.creditrollover.webhook.Cursor;
import io.creditrollover.webhook.WebhookOperations;
import jakarta.servlet.http.HttpServletRequest;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Endpoints of webhooks. Each change and its audit rows are one transaction. */
@OnlyWhenServing
@RestController
@RequestMapping("/admin/webhooks")
class WebhookController {
    /** Java has later dates than PostgreSQL. */
    private static final int MAX_YEAR = 9_999;

    private final WebhookOperations desk;
    private final Audit audit;
    private final TransactionTemplate transaction;

    WebhookController(WebhookOperations desk, Audit audit, TransactionTemplate transaction) {
        this.desk = desk;
        this.audit = audit;
        this.transaction = transaction;
    }

    /** Where to replay from: a rollover date, or a {@code next} of the feed. */
    record ReplayBody(
            @JsonFormat(lenient = OptBoolean.FALSE) @Nullable LocalDate date,

            @Nullable String after,
            @Nullable String reason) {
        static final ReplayBody EMPTY = new ReplayBody(null, null, null);
    }

    record ReasonBody(@Nullable String reason) {
        static final ReasonBody EMPTY = new ReasonBody(null);
    }

    @GetMapping
    Map<String, List<WebhookOperations.State>> all() {
        return Map.of("webhooks", desk.all());
    }

    @PostMapping("/{name}/replay")
    Map<String, List<WebhookOperations.State>> replay(
            @PathVariable String name,
            @RequestBody(required = false) @Nullable ReplayBody given,
            HttpServletRequest request) {
        requireKnown(name);
        ReplayBody body = Objects.requireNonNullElse(given, ReplayBody.EMPTY);
        Cursor place = place(body);
        String from = body.date() == null ? "a place" : body.date().toString();
        change(
                new Audit.Intent(
                        Actor.of(request), "replay webhook", name, InputChecks.optional("reason", body.reason())),
                "replays from " + from,
                () -> desk.replay(name, place));
        return all();
    }

    @PostMapping("/{name}/switch-on")
    Map<String, List<WebhookOperations.State>> switchOn(
            @PathVariable String name,
            @RequestBody(required = false) @Nullable ReasonBody given,
            HttpServletRequest request) {
        requireKnown(name);
        String reason = InputChecks.optional(
                "reason", Objects.requireNonNullElse(given, ReasonBody.EMPTY).reason());
        change(
                new Audit.Intent(Actor.of(request), "switch on webhook", name, reason),
                "switched on",
                () -> desk.switchOn(name));
        return all();
    }

    private void requireKnown(String name) {
        if (!desk.exists(name)) {
            throw ApiException.notFound("No webhook with this name is configured.");
        }
    }

    private Cursor place(ReplayBody body) {
        if ((body.date() == null) == (body.after() == null)) {
            throw ApiException.badRequest(
                    "Name where to begin: either date, a rollover date, or after, a next of the feed.");
        }
        if (body.date() != null) {
            return Optional.of(body.date())
                    .filter(date -> date.getYear() > 0 && date.getYear() <= MAX_YEAR)
                    .flatMap(desk::before)
                    .orElseThrow(() -> ApiException.badRequest("No run of " + body.date() + " has ended."));
        }
        Cursor place = FeedController.cursor(Objects.requireNonNull(body.after()));
        if (!desk.contains(place)) {
            throw FeedController.unknownPlace();
        }
        return place;
    }

    private void change(Audit.Intent intent, String result, BooleanSupplier change) {
        transaction.executeWithoutResult(status -> {
            long id = audit.intend(intent);
            if (!change.getAsBoolean()) {
                throw ApiException.notFound("This webhook is not in use yet.");
            }
            audit.done(id, result);
        });
    }
}
