package io.creditrollover.admin;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** An operator marks a skipped user as looked at. The mark and its row in the audit are one transaction. */
@OnlyWhenServing
@Controller
class SkipForms {
    private final SkippedUsers skipped;
    private final Audit audit;
    private final TransactionTemplate transaction;

    SkipForms(SkippedUsers skipped, Audit audit, TransactionTemplate transaction) {
        this.skipped = skipped;
        this.audit = audit;
        this.transaction = transaction;
    }

    /** The first mark stays. {@code runId} is of the run's row, not an execution. */
    @PostMapping("/skipped/looked-at")
    String lookedAt(
            @RequestParam long runId,
            @RequestParam long userId,
            @RequestParam(required = false) @Nullable String reasonCode,
            @RequestParam(required = false) @Nullable String month,
            @RequestParam(required = false) @Nullable Long run,
            @RequestParam(required = false) @Nullable String looked,
            @RequestParam(defaultValue = "0") int page,
            HttpServletRequest request) {
        Actor who = Actor.of(request);
        transaction.executeWithoutResult(status -> {
            boolean first = skipped.lookAt(runId, userId, who.name())
                    .orElseThrow(() -> ApiException.notFound("Run " + runId + " skipped no user " + userId + "."));
            if (first) {
                Audit.Intent intent = new Audit.Intent(who, "look-at", "run " + runId, userId, null);
                audit.done(audit.intend(intent), "marked the skipped user as looked at");
            }
        });
        return "redirect:"
                + Address.of(
                        "/skipped",
                        "reasonCode",
                        blankAsNull(reasonCode),
                        "month",
                        blankAsNull(month),
                        "run",
                        run,
                        "looked",
                        blankAsNull(looked),
                        "page",
                        Address.page(page))
                + "#skipped";
    }

    private static @Nullable String blankAsNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
