package io.creditrollover.admin;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Spring Security handles the POST. */
@OnlyWhenServing
@Controller
class LoginPage {
    private final SingleSignOn singleSignOn;

    LoginPage(SingleSignOn singleSignOn) {
        this.singleSignOn = singleSignOn;
    }

    @GetMapping("/login")
    String login(Model model) {
        model.addAttribute("providers", singleSignOn.providers());
        return "login";
    }
}
