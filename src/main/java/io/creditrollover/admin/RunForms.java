package io.creditrollover.admin;

import io.creditrollover.exit.ExitException;
import io.creditrollover.run.RolloverService;
import io.creditrollover.run.RunSummary;
import jakarta.servlet.http.HttpServletRequest;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A refusal is shown on the form's page. */
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
        return act("/", flash, () -> {
            boolean dryRun = !what.equals("live");
            String why = dryRun ? null : InputChecks.required("A reason", approve);
            return operations.run(new Operations.Order(date(date), dryRun, why, null), Actor.of(request));
        });
    }

    /** The typed date confirms a review of the dry run's figures. */
    @PostMapping("/runs/{executionId}/carry-out")
    String carryOut(
            @PathVariable long executionId,
            @RequestParam String confirmation,
            HttpServletRequest request,
            RedirectAttributes flash) {
        return act("/runs/" + executionId, flash, () -> {
            LocalDate date = confirmed(executionId, confirmation).rolloverDate();
            return operations.run(new Operations.Order(date, false, null, executionId), Actor.of(request));
        });
    }

    @PostMapping("/runs/{executionId}/restart")
    String restart(
            @PathVariable long executionId,
            @RequestParam String confirmation,
            @RequestParam String reason,
            @RequestParam(defaultValue = "false") boolean approve,
            HttpServletRequest request,
            RedirectAttributes flash) {
        return act("/runs/" + executionId, flash, () -> {
            confirmed(executionId, confirmation);
            String why = InputChecks.required("A reason", reason);
            return operations.restart(executionId, approve ? why : null, why, Actor.of(request));
        });
    }

    @PostMapping("/runs/{executionId}/undo")
    String undo(
            @PathVariable long executionId,
            @RequestParam String confirmation,
            @RequestParam String reason,
            @RequestParam(required = false) @Nullable String user,
            HttpServletRequest request,
            RedirectAttributes flash) {
        return act("/runs/" + executionId, flash, () -> {
            confirmed(executionId, confirmation);
            Operations.GiveBack order = new Operations.GiveBack(
                    InputChecks.required("A reason", reason), InputChecks.optional("The user", user), false);
            return operations.undo(executionId, order, Actor.of(request));
        });
    }

    @PostMapping("/runs/{executionId}/stop")
    String stop(
            @PathVariable long executionId,
            @RequestParam(required = false) @Nullable String reason,
            HttpServletRequest request,
            RedirectAttributes flash) {
        return act("/runs/" + executionId, flash, () -> {
            operations.stop(executionId, InputChecks.optional("The reason", reason), Actor.of(request));
            return new StartResult(executionId, false, "The run stops after the current chunk.");
        });
    }

    private RunSummary confirmed(long executionId, String typed) {
        RunSummary run = Lookups.run(rollovers, executionId);
        if (!typed.strip().equals(run.rolloverDate().toString())) {
            throw ApiException.badRequest("Nothing was changed. To confirm, type " + run.rolloverDate() + ".");
        }
        return run;
    }

    private static @Nullable LocalDate date(String given) {
        try {
            return given.isBlank() ? null : LocalDate.parse(given.strip());
        } catch (DateTimeParseException wrong) {
            throw ApiException.badRequest("The date must have a form such as 2026-12-01.");
        }
    }

    private static String act(String from, RedirectAttributes flash, Supplier<StartResult> act) {
        try {
            StartResult begun = act.get();
            if (begun.remark() != null) {
                flash.addFlashAttribute("remark", begun.remark());
            }
            return "redirect:/runs/" + begun.executionId();
        } catch (ExitException refused) {
            flash.addFlashAttribute("refused", refused.sentence());
            return "redirect:" + from;
        }
    }
}
