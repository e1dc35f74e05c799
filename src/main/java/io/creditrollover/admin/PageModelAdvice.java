package io.creditrollover.admin;

import io.creditrollover.exit.ExitException;
import io.creditrollover.report.Money;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.TransactionException;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.thymeleaf.context.LazyContextVariable;

@OnlyWhenServing
@ControllerAdvice(annotations = Controller.class)
class PageModelAdvice {
    private static final Logger log = LoggerFactory.getLogger(PageModelAdvice.class);

    private final Formats texts;
    private final MonthStates states;
    private final BannerWords words;

    PageModelAdvice(Formats texts, MonthStates states, BannerWords words) {
        this.texts = texts;
        this.states = states;
        this.words = words;
    }

    /** Read when a page shows it: not for fragments, redirects and files. */
    @ModelAttribute("banner")
    LazyContextVariable<@Nullable Banner> banner() {
        return new LazyContextVariable<>() {
            @Override
            protected @Nullable Banner loadValue() {
                try {
                    return words.of(states.now());
                } catch (DataAccessException | TransactionException | ExitException unreadable) {
                    log.warn("The state of the month could not be read: {}", unreadable.getMessage());
                    return null;
                }
            }
        };
    }

    @ModelAttribute("money")
    Money money() {
        return texts.money();
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
        model.addAttribute("operator", operator(request));
        model.addAttribute("status", response.getStatus());
        model.addAttribute("sentence", refused.sentence());
        return "error";
    }
}
