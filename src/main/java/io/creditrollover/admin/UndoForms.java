package io.creditrollover.admin;

import io.creditrollover.exit.ExitException;
import io.creditrollover.report.ReportFormats;
import io.creditrollover.run.RolloverService;
import io.creditrollover.run.RunSummary;
import io.creditrollover.run.Users;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** An undo in two steps: a preview of what is added back to whom, then the undo. */
@OnlyWhenServing
@Controller
class UndoForms {
    private final Operations operations;
    private final RolloverService rollovers;
    private final Users users;
    private final RunTrail trail;
    private final Formats texts;

    UndoForms(Operations operations, RolloverService rollovers, Users users, RunTrail trail, Formats texts) {
        this.operations = operations;
        this.rollovers = rollovers;
        this.users = users;
        this.trail = trail;
        this.texts = texts;
    }

    /** {@code userId} is null for all users. */
    record Preview(
            String credits,
            String creditsTyped,
            String users,
            String whom,
            @Nullable Long userId,
            String reason) {}

    /** The phone number is posted, so it appears in no address. For one user a later month does not matter. */
    @PostMapping("/runs/{executionId}/undo-user")
    String previewOfOne(
            @PathVariable long executionId,
            @RequestParam(defaultValue = "") String user,
            @RequestParam(defaultValue = "") String reason,
            HttpServletRequest request,
            RedirectAttributes flash,
            Model model) {
        FormAnswer form = new FormAnswer("/runs/" + executionId, "undo-user", Map.of("user", user, "reason", reason));
        try {
            RunSummary run = Lookups.run(rollovers, executionId);
            String why = InputChecks.required("A reason", reason);
            long userId = users.find(InputChecks.required("The user", user));
            RunSummary would = operations
                    .previewUndo(
                            executionId, new Operations.GiveBack(why, String.valueOf(userId), true), Actor.of(request))
                    .run();
            if (would.totals().usersRolledOver() == 0) {
                return form.refused(
                        flash,
                        "This run expired no credits of " + named(run, userId)
                                + ", or they were added back before. Nothing was changed.");
            }
            return preview(run, would, named(run, userId), userId, why, model);
        } catch (ExitException refused) {
            return form.refused(flash, refused.sentence());
        }
    }

    @PostMapping("/runs/{executionId}/undo-all")
    String previewOfAll(
            @PathVariable long executionId,
            @RequestParam(defaultValue = "") String reason,
            HttpServletRequest request,
            RedirectAttributes flash,
            Model model) {
        FormAnswer form = new FormAnswer("/runs/" + executionId, "undo-all", Map.of("reason", reason));
        try {
            RunSummary run = Lookups.run(rollovers, executionId);
            String why = InputChecks.required("A reason", reason);
            RunSummary would = operations
                    .previewUndo(executionId, new Operations.GiveBack(why, null, false), Actor.of(request))
                    .run();
            return preview(run, would, "all users", null, why, model);
        } catch (ExitException refused) {
            return form.refused(flash, refused.sentence());
        }
    }

    /** @param credits typed for all users; for one user the button says the number */
    @PostMapping("/runs/{executionId}/undo")
    String undo(
            @PathVariable long executionId,
            @RequestParam(required = false) @Nullable Long userId,
            @RequestParam String credits,
            @RequestParam(defaultValue = "") String reason,
            HttpServletRequest request,
            RedirectAttributes flash,
            Model model) {
        FormAnswer form = new FormAnswer(
                "/runs/" + executionId,
                userId == null ? "undo-all" : "undo-user",
                Map.of("reason", reason, "user", String.valueOf(userId)));
        Operations.GiveBack order;
        RunSummary run = Lookups.run(rollovers, executionId);
        try {
            order = new Operations.GiveBack(
                    InputChecks.required("A reason", reason),
                    userId == null ? null : String.valueOf(userId),
                    userId != null);
            RunSummary would = operations
                    .previewUndo(executionId, order, Actor.of(request))
                    .run();
            try {
                RunForms.requireTyped(credits, would.totals().creditsRolledOver(), "are added back");
            } catch (ApiException wrong) {
                model.addAttribute("refused", wrong.sentence());
                model.addAttribute("typed", Map.of("credits", credits));
                String whom = userId == null ? "all users" : named(run, userId);
                return preview(run, would, whom, userId, order.reason(), model);
            }
        } catch (ExitException refused) {
            return form.refused(flash, refused.sentence());
        }
        return form.act(flash, () -> operations.undo(executionId, order, Actor.of(request)));
    }

    /** Resumes an unfinished undo, for the users and the reason of its first attempt. */
    @PostMapping("/runs/{executionId}/finish")
    String finish(@PathVariable long executionId, HttpServletRequest request, RedirectAttributes flash) {
        FormAnswer form = new FormAnswer("/runs/" + executionId, "finish", Map.of());
        return form.act(flash, () -> {
            RunSummary undo = Lookups.run(rollovers, executionId);
            // For all users the service would undo the rest of the month after an undo for one user.
            Long onlyUserId = trail.of(undo).onlyUserId();
            String reason = Objects.requireNonNullElse(undo.reason(), "finishes an undo");
            String user = onlyUserId == null ? null : String.valueOf(onlyUserId);
            return operations.undo(executionId, new Operations.GiveBack(reason, user, true), Actor.of(request));
        });
    }

    private String preview(
            RunSummary run, RunSummary would, String whom, @Nullable Long userId, String reason, Model model) {
        model.addAttribute("run", RunView.of(run, 0, texts));
        model.addAttribute(
                "later",
                trail.laterMonth(run.rolloverDate()).map(Formats::month).orElse(null));
        model.addAttribute(
                "preview",
                new Preview(
                        ReportFormats.number(would.totals().creditsRolledOver()),
                        String.valueOf(would.totals().creditsRolledOver()),
                        ReportFormats.number(would.totals().usersRolledOver()),
                        whom,
                        userId,
                        reason));
        return "undo";
    }

    private String named(RunSummary run, long userId) {
        return trail.user(Objects.requireNonNull(run.runId()), userId);
    }
}
