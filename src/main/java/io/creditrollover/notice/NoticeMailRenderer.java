package io.creditrollover.notice;

import io.creditrollover.config.NoticeProperties;
import io.creditrollover.exit.Causes;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import io.creditrollover.report.Explanation;
import io.creditrollover.report.Explanations;
import io.creditrollover.report.ReportFormats;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.thymeleaf.context.Context;
import org.thymeleaf.exceptions.TemplateEngineException;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.AbstractConfigurableTemplateResolver;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;
import org.thymeleaf.templateresolver.FileTemplateResolver;

/** Writes mails to users, in the words of {@code explain}. Files of {@code rollover.notices.templates} come first. */
@Component
class NoticeMailRenderer {
    private static final String HTML = "notice.html";
    private static final String TEXT = "notice.txt";

    private final SpringTemplateEngine engine = new SpringTemplateEngine();
    private final Explanations explanations;
    private final NoticeProperties notices;

    NoticeMailRenderer(Explanations explanations, NoticeProperties notices) {
        this.explanations = explanations;
        this.notices = notices;
        addResolver(HTML, TemplateMode.HTML);
        addResolver(TEXT, TemplateMode.TEXT);
    }

    private void addResolver(String name, TemplateMode mode) {
        Path own = notices.templates() == null ? null : notices.templates().resolve(name);
        AbstractConfigurableTemplateResolver resolver =
                own != null && Files.isRegularFile(own) ? new FileTemplateResolver() : packaged();
        if (resolver instanceof FileTemplateResolver) {
            resolver.setPrefix(Objects.requireNonNull(notices.templates()) + "/");
        } else {
            resolver.setPrefix("mail/");
        }
        resolver.setResolvablePatterns(java.util.Set.of(name));
        resolver.setTemplateMode(mode);
        resolver.setCharacterEncoding("UTF-8");
        engine.addTemplateResolver(resolver);
    }

    private static ClassLoaderTemplateResolver packaged() {
        return new ClassLoaderTemplateResolver(NoticeMailRenderer.class.getClassLoader());
    }

    /** What a mail says. */
    record Words(String title, String text, String advice) {}

    /** @param now decides which advice is possible */
    NoticeMail write(Notice notice, String address, Instant now) {
        Words words = words(notice, now);
        String unsubscribe = unsubscribe(notice.userId());
        return new NoticeMail(
                notice.id(),
                notice.messageId(),
                address,
                words.title(),
                fill(TEXT, notice, words, unsubscribe),
                fill(HTML, notice, words, unsubscribe),
                unsubscribe);
    }

    /**
     * Tries the templates, so that a wrong one is found before the first mail.
     *
     * @throws ExitException 78 naming the template
     */
    void requireTemplates() {
        Notice sample = new Notice(
                0,
                new java.util.UUID(0, 0),
                0,
                LocalDate.EPOCH,
                NoticeKind.EXPIRING,
                "P7D",
                1,
                0,
                "expiry",
                "NO_PAYMENT",
                null,
                null);
        Words words = new Words("A title", "A text.", "An advice.");
        fill(TEXT, sample, words, null);
        fill(HTML, sample, words, null);
    }

    private Words words(Notice notice, Instant now) {
        Notice.Expected expected = notice.expected();
        String day = ReportFormats.day(notice.rolloverDate());
        String credits = notice.credits() == 1 ? "1 credit" : notice.credits() + " credits";
        if (expected != null) {
            Explanation.Next next = explanations.expected(expected.policy(), expected.decision(), now);
            return new Words("Your " + credits + " would expire on " + day, next.text(), next.advice());
        }
        String text = explanations
                .recorded(notice.userId(), notice.rolloverDate(), Objects.requireNonNull(notice.runId()))
                .orElse("");
        return notice.kind() == NoticeKind.EXPIRED
                ? new Words("Your " + credits + " expired on " + day, text, "")
                : new Words("Your " + credits + " of " + day + " were added back", text, "");
    }

    private @Nullable String unsubscribe(long userId) {
        String link = notices.mail().unsubscribe();
        return link == null ? null : link.replace("{userId}", String.valueOf(userId));
    }

    private String fill(String template, Notice notice, Words words, @Nullable String unsubscribe) {
        Map<String, Object> values =
                Map.of("notice", notice, "words", words, "unsubscribe", unsubscribe == null ? "" : unsubscribe);
        try {
            return engine.process(template, new Context(Locale.ENGLISH, values));
        } catch (TemplateEngineException wrong) {
            throw new ExitException(
                    ExitCode.CONFIGURATION,
                    "The template " + template + " of rollover.notices.templates is wrong: "
                            + Causes.firstLine(Causes.root(wrong)),
                    wrong);
        }
    }
}
