package io.creditrollover.admin;

import io.creditrollover.report.ReportFormats;
import io.creditrollover.run.RolloverService;
import io.creditrollover.run.RunSummary;
import jakarta.servlet.http.HttpServletRequest;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Starts, resumes and stops runs. A refusal is shown in its form, with what was typed. */
@OnlyWhenServing
@Controller
class RunForms {
    private final Operations operations;
    private final RolloverService rollovers;

    RunForms(Operations operations, RolloverService rollovers) {
        this.operations = operations;
        this.rollovers = rollovers;
    }

    @PostMapping("/runs")
    String start(
            @RequestParam(defaultValue = "") String date,
            @RequestParam String what,
            @RequestParam(required = false) @Nullable String approve,
            HttpServletRequest request,
            RedirectAttributes flash) {
        boolean dryRun = !what.equals("live");
        FormAnswer form = new FormAnswer(
                "/", dryRun ? "dry-run" : "live", Map.of("date", date, "approve", approve == null ? "" : approve));
        return form.act(flash, () -> {
            String why = dryRun ? null : InputChecks.required("A reason", approve);
            return operations.run(new Operations.Order(date(date), dryRun, why, null), Actor.of(request));
        });
    }

    /** The typed number of credits confirms a review of the dry run's figures. The reason passes no limit. */
    @PostMapping("/runs/{executionId}/carry-out")
    String carryOut(
            @PathVariable long executionId,
            @RequestParam(defaultValue = "") String credits,
            @RequestParam(defaultValue = "") String reason,
            HttpServletRequest request,
            RedirectAttributes flash) {
        FormAnswer form =
                new FormAnswer("/runs/" + executionId, "carry-out", Map.of("credits", credits, "reason", reason));
        return form.act(flash, () -> {
            RunSummary plan = Lookups.run(rollovers, executionId);
            requireTyped(credits, plan.totals().creditsExpired(), "expire");
            String why = InputChecks.required("A reason", reason);
            return operations.run(
                    new Operations.Order(plan.rolloverDate(), false, null, executionId, why), Actor.of(request));
        });
    }

    /** Resuming needs no confirmation: no user is decided twice. Passing limits needs a reason. */
    @PostMapping("/runs/{executionId}/restart")
    String restart(
            @PathVariable long executionId,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(defaultValue = "false") boolean approve,
            HttpServletRequest request,
            RedirectAttributes flash) {
        FormAnswer form =
                new FormAnswer("/runs/" + executionId, approve ? "approve" : "restart", Map.of("reason", reason));
        return form.act(flash, () -> {
            Lookups.run(rollovers, executionId);
            String why =
                    approve ? InputChecks.required("A reason", reason) : InputChecks.optional("The reason", reason);
            return operations.restart(executionId, approve ? why : null, why, Actor.of(request));
        });
    }

    @PostMapping("/runs/{executionId}/stop")
    String stop(
            @PathVariable long executionId,
            @RequestParam(defaultValue = "") String reason,
            HttpServletRequest request,
            RedirectAttributes flash) {
        FormAnswer form = new FormAnswer("/runs/" + executionId, "stop", Map.of("reason", reason));
        return form.act(flash, () -> {
            String why = InputChecks.optional("The reason", reason);
            return new StartResult(executionId, false, operations.stop(executionId, why, Actor.of(request)));
        });
    }

    /** @throws ApiException 400 unless the number is typed, with or without separators */
    static void requireTyped(String typed, long credits, String verb) {
        if (!typed.replaceAll("[\\s,.\u00a0]", "").equals(String.valueOf(credits))) {
            throw ApiException.badRequest("Nothing was changed. To confirm, type the number of credits that " + verb
                    + ": " + ReportFormats.number(credits) + ".");
        }
    }

    private static @Nullable LocalDate date(String given) {
        try {
            return given.isBlank() ? null : LocalDate.parse(given.strip());
        } catch (DateTimeParseException wrong) {
            throw ApiException.badRequest("The date must have a form such as 2026-12-01.");
        }
    }
}
