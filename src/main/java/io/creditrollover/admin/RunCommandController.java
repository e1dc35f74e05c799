package io.creditrollover.admin;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.OptBoolean;
import io.creditrollover.run.RolloverService;
import io.creditrollover.run.RunSummary;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers when a run has begun, not when it ends. */
@OnlyWhenServing
@RestController
@RequestMapping("/admin")
class RunCommandController {
    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private final Operations operations;
    private final Idempotency idempotency;
    private final RolloverService rollovers;

    RunCommandController(Operations operations, Idempotency idempotency, RolloverService rollovers) {
        this.operations = operations;
        this.idempotency = idempotency;
        this.rollovers = rollovers;
    }

    /** Every field is optional, as on the command line. */
    record RunBody(
            @JsonFormat(lenient = OptBoolean.FALSE) @Nullable LocalDate date,

            @Nullable Boolean dryRun,
            @Nullable Long plan,
            @Nullable String approve) {
        static final RunBody EMPTY = new RunBody(null, null, null, null);
    }

    record RestartBody(@Nullable String approve, @Nullable String reason) {
        static final RestartBody EMPTY = new RestartBody(null, null);
    }

    record UndoBody(
            @Nullable String reason,
            @Nullable String user,
            @Nullable Boolean everyone,
            @Nullable Boolean force) {
        static final UndoBody EMPTY = new UndoBody(null, null, null, null);

        /** Returns null for everyone, if explicitly requested. */
        @Nullable String oneUser() {
            boolean forEveryone = Boolean.TRUE.equals(everyone);
            if (user == null && forEveryone) {
                return null;
            }
            if (user == null || user.isBlank() || forEveryone) {
                throw ApiException.badRequest(
                        "Name the users to undo: either user, an id or a phone number, or \"everyone\": true.");
            }
            return InputChecks.required("user", user);
        }
    }

    @PostMapping("/run-rollover")
    ResponseEntity<RunSummary> run(
            @RequestBody(required = false) @Nullable RunBody given,
            @RequestHeader(value = IDEMPOTENCY_KEY, required = false) @Nullable String key,
            HttpServletRequest request) {
        RunBody body = Objects.requireNonNullElse(given, RunBody.EMPTY);
        Operations.Order order = new Operations.Order(
                body.date(),
                Boolean.TRUE.equals(body.dryRun()),
                InputChecks.optional("approve", body.approve()),
                body.plan());
        Actor who = Actor.of(request);
        return answer(idempotency.once(
                key, who, List.of("run", order), () -> Lookups.asBadRequest(() -> operations.run(order, who))));
    }

    @PostMapping("/rollovers/{executionId}/restart")
    ResponseEntity<RunSummary> restart(
            @PathVariable long executionId,
            @RequestBody(required = false) @Nullable RestartBody given,
            @RequestHeader(value = IDEMPOTENCY_KEY, required = false) @Nullable String key,
            HttpServletRequest request) {
        RestartBody body = Objects.requireNonNullElse(given, RestartBody.EMPTY);
        String approve = InputChecks.optional("approve", body.approve());
        String reason = InputChecks.optional("reason", body.reason());
        Actor who = Actor.of(request);
        Lookups.run(rollovers, executionId);
        return answer(idempotency.once(
                key,
                who,
                List.of("restart", executionId, body),
                () -> operations.restart(executionId, approve, reason, who)));
    }

    @PostMapping("/rollovers/{executionId}/undo")
    ResponseEntity<RunSummary> undo(
            @PathVariable long executionId,
            @RequestBody(required = false) @Nullable UndoBody given,
            @RequestHeader(value = IDEMPOTENCY_KEY, required = false) @Nullable String key,
            HttpServletRequest request) {
        UndoBody body = Objects.requireNonNullElse(given, UndoBody.EMPTY);
        Operations.GiveBack order = new Operations.GiveBack(
                InputChecks.required("reason", body.reason()), body.oneUser(), Boolean.TRUE.equals(body.force()));
        Actor who = Actor.of(request);
        Lookups.run(rollovers, executionId);
        return answer(idempotency.once(
                key, who, List.of("undo", executionId, order), () -> operations.undo(executionId, order, who)));
    }

    @PostMapping("/rollovers/{executionId}/stop")
    ResponseEntity<RunSummary> stop(
            @PathVariable long executionId,
            @RequestBody(required = false) @Nullable RestartBody given,
            HttpServletRequest request) {
        RestartBody body = Objects.requireNonNullElse(given, RestartBody.EMPTY);
        Lookups.run(rollovers, executionId);
        operations.stop(executionId, InputChecks.optional("reason", body.reason()), Actor.of(request));
        return answer(new StartResult(executionId, true, null));
    }

    /** Answers 202 for a run at work, 200 if there was nothing to do. */
    private ResponseEntity<RunSummary> answer(StartResult begun) {
        return ResponseEntity.status(begun.working() ? HttpStatus.ACCEPTED : HttpStatus.OK)
                .location(URI.create("/admin/rollovers/" + begun.executionId()))
                .body(rollovers.status(begun.executionId()));
    }
}
