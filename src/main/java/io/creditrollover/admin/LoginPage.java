package io.creditrollover.admin;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Spring Security handles the POST. */
@OnlyWhenServing
@Controller
class LoginPage {
    private final SingleSignOn singleSignOn;

    LoginPage(SingleSignOn singleSignOn) {
        this.singleSignOn = singleSignOn;
    }

    @GetMapping("/login")
    String login(@RequestParam(required = false) @Nullable String next, Model model) {
        model.addAttribute("next", LocalAddress.of(next));
        model.addAttribute("providers", singleSignOn.providers());
        return "login";
    }
}
