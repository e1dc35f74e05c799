package io.creditrollover.notice;

import io.creditrollover.config.NoticeProperties;
import io.creditrollover.decision.ReasonCode;
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
import java.util.Set;
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

    /** Reasons of events whose sentence a person typed. */
    private static final Set<String> PERSONS = Set.of(ReasonCode.UNDONE.name(), ReasonCode.GOODWILL.name());

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
        resolver.setResolvablePatterns(Set.of(name));
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
        return write(notice, address, words(notice, now));
    }

    NoticeMail write(Notice notice, String address, Words words) {
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
        if (expected != null) {
            Explanation.Next next = explanations.expected(expected.policy(), expected.decision(), now);
            return new Words(lost(notice) + " would expire on " + day(notice), next.text(), next.advice());
        }
        return recorded(
                notice,
                explanations
                        .recorded(notice.userId(), notice.rolloverDate(), Objects.requireNonNull(notice.runId()))
                        .orElse(""));
    }

    /** A reason that a person typed is not for the user: it can name tickets and colleagues. */
    static Words recorded(Notice notice, String text) {
        if (notice.kind() == NoticeKind.EXPIRED) {
            return new Words(lost(notice) + " expired on " + day(notice), text, "");
        }
        String were = notice.credits() == 1 ? " was" : " were";
        boolean typed = PERSONS.contains(notice.reasonCode());
        return new Words(
                credits(notice.credits()) + " that expired on " + day(notice) + were + " added back",
                typed
                        ? "Your balance went from " + notice.creditsBefore() + " to " + credits(notice.creditsAfter())
                                + "."
                        : text,
                "");
    }

    private static String lost(Notice notice) {
        return notice.creditsAfter() == 0
                ? "Your " + credits(notice.credits())
                : notice.credits() + " of your " + credits(notice.creditsBefore());
    }

    private static String credits(int number) {
        return number == 1 ? "1 credit" : number + " credits";
    }

    private static String day(Notice notice) {
        return ReportFormats.day(notice.rolloverDate());
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
