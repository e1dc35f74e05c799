package io.creditrollover.admin;

import jakarta.servlet.http.HttpServletRequest;
import java.time.LocalDate;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The form on a user's page. As the API, it begins a run and shows it. */
@OnlyWhenServing
@Controller
class ReinstateForm {
    private final Operations operations;

    ReinstateForm(Operations operations) {
        this.operations = operations;
    }

    /** @param date of the month whose expiry is reinstated */
    @PostMapping("/users/{userId}/reinstate")
    String reinstate(
            @PathVariable long userId,
            @RequestParam LocalDate date,
            @RequestParam(defaultValue = "") String reason,
            HttpServletRequest request,
            RedirectAttributes flash) {
        FormAnswer form = new FormAnswer("/users?id=" + userId, "reinstate", Map.of("reason", reason));
        return form.act(
                flash,
                () -> operations.reinstate(
                        new Operations.Goodwill(userId, date, InputChecks.required("A reason", reason)),
                        Actor.of(request)));
    }
}
