package io.creditrollover.admin;

import io.creditrollover.exit.ExitException;
import io.creditrollover.run.Rollovers;
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

/** What the pages' forms do. What was refused is said on the page they came from. */
@OnlyWhenServing
@Controller
class RunForms {
    private final Operations operations;
    private final Rollovers rollovers;

    RunForms(Operations operations, Rollovers rollovers) {
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
            String why = dryRun ? null : Input.required("A reason", approve);
            return operations.run(new Operations.Order(date(date), dryRun, why, null), Who.of(request));
        });
    }

    /** Carries a dry run out; the typed date shows that its figures were looked at. */
    @PostMapping("/runs/{executionId}/carry-out")
    String carryOut(
            @PathVariable long executionId,
            @RequestParam String confirmation,
            HttpServletRequest request,
            RedirectAttributes flash) {
        return act("/runs/" + executionId, flash, () -> {
            LocalDate date = confirmed(executionId, confirmation).rolloverDate();
            return operations.run(new Operations.Order(date, false, null, executionId), Who.of(request));
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
            String why = Input.required("A reason", reason);
            return operations.restart(executionId, approve ? why : null, why, Who.of(request));
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
                    Input.required("A reason", reason), Input.optional("The user", user), false);
            return operations.undo(executionId, order, Who.of(request));
        });
    }

    @PostMapping("/runs/{executionId}/stop")
    String stop(
            @PathVariable long executionId,
            @RequestParam(required = false) @Nullable String reason,
            HttpServletRequest request,
            RedirectAttributes flash) {
        return act("/runs/" + executionId, flash, () -> {
            operations.stop(executionId, Input.optional("The reason", reason), Who.of(request));
            return new Begun(executionId, false, "It stops after the chunk at hand.");
        });
    }

    private RunSummary confirmed(long executionId, String typed) {
        RunSummary run = Known.run(rollovers, executionId);
        if (!typed.strip().equals(run.rolloverDate().toString())) {
            throw new BadRequestException("Nothing was done: to confirm, type " + run.rolloverDate() + ".");
        }
        return run;
    }

    private static @Nullable LocalDate date(String given) {
        try {
            return given.isBlank() ? null : LocalDate.parse(given.strip());
        } catch (DateTimeParseException wrong) {
            throw new BadRequestException("The date must be one such as 2026-12-01.");
        }
    }

    private static String act(String from, RedirectAttributes flash, Supplier<Begun> act) {
        try {
            Begun begun = act.get();
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
