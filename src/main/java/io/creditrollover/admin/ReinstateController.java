package io.creditrollover.admin;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.OptBoolean;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import io.creditrollover.run.RolloverService;
import io.creditrollover.run.RunSummary;
import io.creditrollover.run.Users;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.LocalDate;
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

/** Reinstates one user's expiry. Answers when the run has begun, not when it ends; a dry run with its result. */
@OnlyWhenServing
@RestController
@RequestMapping("/admin/users")
class ReinstateController {
    private final Operations operations;
    private final Idempotency idempotency;
    private final RolloverService rollovers;
    private final Users users;

    ReinstateController(Operations operations, Idempotency idempotency, RolloverService rollovers, Users users) {
        this.operations = operations;
        this.idempotency = idempotency;
        this.rollovers = rollovers;
        this.users = users;
    }

    record Body(
            @Nullable String reason,

            @JsonFormat(lenient = OptBoolean.FALSE) @Nullable LocalDate date,

            @Nullable Boolean dryRun) {
        static final Body EMPTY = new Body(null, null, null);
    }

    @PostMapping("/{idOrPhone}/reinstate")
    ResponseEntity<RunSummary> reinstate(
            @PathVariable String idOrPhone,
            @RequestBody(required = false) @Nullable Body given,
            @RequestHeader(value = "Idempotency-Key", required = false) @Nullable String key,
            HttpServletRequest request) {
        Body body = Objects.requireNonNullElse(given, Body.EMPTY);
        LocalDate date = body.date();
        if (date != null && date.getDayOfMonth() != 1) {
            throw ApiException.badRequest("A rollover date is the first day of a month, not " + date + ".");
        }
        String reason = InputChecks.required("reason", body.reason());
        Operations.Goodwill order =
                new Operations.Goodwill(idOf(InputChecks.required("user", idOrPhone)), date, reason);
        Actor who = Actor.of(request);
        if (Boolean.TRUE.equals(body.dryRun())) {
            return ResponseEntity.ok(operations.wouldReinstate(order, who));
        }
        StartResult begun = idempotency.once(key, who, "reinstate " + order, () -> operations.reinstate(order, who));
        return ResponseEntity.status(begun.working() ? HttpStatus.ACCEPTED : HttpStatus.OK)
                .location(URI.create("/admin/rollovers/" + begun.executionId()))
                .body(rollovers.status(begun.executionId()));
    }

    /** So that no phone number gets into the audit. */
    private long idOf(String idOrPhone) {
        try {
            return users.find(idOrPhone);
        } catch (ExitException refused) {
            throw refused.exitCode() == ExitCode.USAGE ? ApiException.notFound(refused.sentence()) : refused;
        }
    }
}
