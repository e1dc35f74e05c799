package io.creditrollover.admin;

import io.creditrollover.exit.ExitException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.ModelAttribute;

@OnlyWhenServing
@ControllerAdvice(annotations = Controller.class)
class PageModelAdvice {
    private final Formats texts;

    PageModelAdvice(Formats texts) {
        this.texts = texts;
    }

    @ModelAttribute("zone")
    String zone() {
        return texts.zone().getId();
    }

    @ModelAttribute("who")
    @Nullable String who(HttpServletRequest request) {
        return request.getUserPrincipal() == null
                ? null
                : request.getUserPrincipal().getName();
    }

    @ModelAttribute("operator")
    boolean operator(HttpServletRequest request) {
        return request.isUserInRole(Roles.OPERATOR);
    }

    /** Logged in with a provider, but without a role here. */
    @ModelAttribute("stranger")
    boolean stranger(HttpServletRequest request) {
        return request.getUserPrincipal() != null && !operator(request) && !request.isUserInRole(Roles.VIEWER);
    }

    @ExceptionHandler
    String refused(ExitException refused, HttpServletRequest request, HttpServletResponse response, Model model) {
        response.setStatus(ProblemDetails.status(refused).value());
        model.addAttribute("zone", zone());
        model.addAttribute("who", who(request));
        model.addAttribute("status", response.getStatus());
        model.addAttribute("sentence", refused.sentence());
        return "error";
    }
}
