package io.creditrollover.admin;

import io.creditrollover.exit.ExitException;
import io.creditrollover.report.Explanation;
import io.creditrollover.report.Explanations;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The phone number is posted, so it appears in no address and no access log. */
@OnlyWhenServing
@Controller
class UserPage {
    private final Explanations explanations;
    private final Formats texts;

    UserPage(Explanations explanations, Formats texts) {
        this.explanations = explanations;
        this.texts = texts;
    }

    record Line(String month, String action, String credits, String text, boolean givenBack, List<Paid> payments) {}

    record Paid(String at, String plan, String status, String credits) {}

    @GetMapping("/users")
    String byId(@RequestParam(required = false) @Nullable Long id, Model model) {
        return id == null ? "user" : show(String.valueOf(id), model);
    }

    @PostMapping("/users")
    String byIdOrPhone(@RequestParam String user, Model model) {
        return show(user, model);
    }

    private String show(String user, Model model) {
        try {
            Explanation explanation =
                    Lookups.user(explanations, InputChecks.required("An id or a phone number", user), null);
            model.addAttribute("user", explanation);
            model.addAttribute(
                    "months", explanation.months().stream().map(this::line).toList());
            Explanation.Next next = explanation.next();
            if (next != null) {
                model.addAttribute("next", next);
                model.addAttribute("nextMonth", Formats.month(next.rolloverDate()));
                model.addAttribute("nextCutoff", texts.time(next.cutoff()));
            }
        } catch (ExitException refused) {
            model.addAttribute("refused", refused.sentence());
        }
        return "user";
    }

    private Line line(Explanation.Month month) {
        String credits = month.creditsBefore() == null ? "" : month.creditsBefore() + " → " + month.creditsAfter();
        return new Line(
                Formats.month(month.rolloverDate()),
                month.action(),
                credits,
                month.text(),
                month.givenBack(),
                month.payments().stream()
                        .map(payment -> new Paid(
                                texts.time(payment.paidAt()),
                                payment.planType(),
                                String.valueOf(payment.status()),
                                String.valueOf(payment.creditsAdded())))
                        .toList());
    }
}
