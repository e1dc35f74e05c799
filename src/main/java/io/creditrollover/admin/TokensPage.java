package io.creditrollover.admin;

import io.creditrollover.exit.ExitException;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Shows a new token once, in the answer to the form. */
@OnlyWhenServing
@Controller
class TokensPage {
    private final ApiTokens tokens;
    private final Formats texts;

    TokensPage(ApiTokens tokens, Formats texts) {
        this.tokens = tokens;
        this.texts = texts;
    }

    record Line(
            long id,
            String name,
            String scope,
            String createdBy,
            String createdAt,
            String expiresAt,
            String lastUsedAt,
            String state,
            boolean valid) {}

    @GetMapping("/tokens")
    String tokens(Model model) {
        return page(model);
    }

    @PostMapping("/tokens")
    String create(
            @RequestParam String name,
            @RequestParam String scope,
            @RequestParam(defaultValue = "90") int days,
            HttpServletRequest request,
            Model model) {
        try {
            model.addAttribute(
                    "made", tokens.create(InputChecks.required("A name", name), scope, days, Actor.of(request)));
        } catch (ExitException refused) {
            model.addAttribute("refused", refused.sentence());
        }
        return page(model);
    }

    @PostMapping("/tokens/{id}/revoke")
    String revoke(@PathVariable long id, HttpServletRequest request, Model model) {
        try {
            tokens.revoke(id, Actor.of(request));
            model.addAttribute("remark", "The token is revoked.");
        } catch (ExitException refused) {
            model.addAttribute("refused", refused.sentence());
        }
        return page(model);
    }

    private String page(Model model) {
        model.addAttribute("tokens", tokens.all().stream().map(this::line).toList());
        model.addAttribute("maxDays", ApiTokens.MAX_DAYS);
        return "tokens";
    }

    private Line line(ApiTokens.Token token) {
        String state = token.valid() ? "valid" : token.revokedAt() == null ? "expired" : "revoked";
        return new Line(
                token.id(),
                token.name(),
                token.scope(),
                token.createdBy(),
                texts.time(token.createdAt()),
                texts.time(token.expiresAt()),
                used(token.lastUsedAt()),
                state,
                token.valid());
    }

    private String used(@Nullable Instant lastUsedAt) {
        return lastUsedAt == null ? "never" : texts.time(lastUsedAt);
    }
}
