package io.creditrollover.admin;

import io.creditrollover.exit.ExitException;
import io.creditrollover.notice.NoticeKind;
import io.creditrollover.notice.NoticePreviews;
import io.creditrollover.report.Explanations;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Which notice a user would get. Sends nothing. */
@OnlyWhenServing
@Controller
class NoticePage {
    /** A mail has its style inside, and nothing else that runs or loads. */
    private static final String MAIL_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

    private final NoticePreviews previews;
    private final Explanations explanations;

    NoticePage(NoticePreviews previews, Explanations explanations) {
        this.previews = previews;
        this.explanations = explanations;
    }

    /** @param user an id; null for a sample */
    @GetMapping("/notices")
    String notice(
            @RequestParam(defaultValue = "expiring") String kind,
            @RequestParam(required = false) @Nullable Long user,
            Model model) {
        NoticeKind wanted = kind(kind);
        model.addAttribute("nav", "Users");
        model.addAttribute(
                "kinds",
                Arrays.stream(NoticeKind.values()).map(NoticeKind::code).toList());
        model.addAttribute("kind", wanted.code());
        model.addAttribute("about", user);
        try {
            model.addAttribute("preview", preview(wanted, user).orElse(null));
        } catch (ExitException refused) {
            model.addAttribute("refused", refused.sentence());
        }
        return "notice";
    }

    /** The mail alone, as a mail program shows it. */
    @GetMapping("/notices/mail")
    ResponseEntity<String> mail(
            @RequestParam(defaultValue = "expiring") String kind, @RequestParam(required = false) @Nullable Long user) {
        return Lookups.asBadRequest(() -> preview(kind(kind), user))
                .map(preview -> ResponseEntity.ok()
                        .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
                        .header("Content-Security-Policy", MAIL_POLICY)
                        .body(preview.html()))
                .orElseGet(() -> ResponseEntity.notFound().build());
    }

    private Optional<NoticePreviews.Preview> preview(NoticeKind kind, @Nullable Long user) {
        if (user == null) {
            return Optional.of(previews.sample(kind));
        }
        explanations.ofId(user);
        return previews.of(user, kind);
    }

    private static NoticeKind kind(String code) {
        try {
            return NoticeKind.of(code);
        } catch (IllegalArgumentException unknown) {
            throw ApiException.badRequest("kind must be one of expiring, expired, reinstated.");
        }
    }
}
