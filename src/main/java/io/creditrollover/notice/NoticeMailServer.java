package io.creditrollover.notice;

import io.creditrollover.exit.Causes;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import io.creditrollover.notice.SendResult.Outcome;
import io.creditrollover.notify.SmtpAnswers;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.env.Environment;
import org.springframework.mail.MailAuthenticationException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.stereotype.Component;

/** Sends a group of mails in one SMTP conversation, by the server of {@code spring.mail.*}. */
@Component
class NoticeMailServer {
    private final ObjectProvider<JavaMailSender> senders;
    private final Environment environment;

    NoticeMailServer(ObjectProvider<JavaMailSender> senders, Environment environment) {
        this.senders = senders;
        this.environment = environment;
    }

    boolean isConfigured() {
        return senders.getIfAvailable() != null;
    }

    /**
     * Returns one result for each mail, after the server's answers.
     *
     * @throws ExitException 78 if the server refuses the login or the sender, or the sender is not an address: no other
     *     mail would be accepted either
     */
    List<SendResult> send(List<NoticeMail> mails) {
        JavaMailSender sender = senders.getObject();
        Map<MimeMessage, NoticeMail> messages = new LinkedHashMap<>();
        mails.forEach(mail -> messages.put(message(sender.createMimeMessage(), mail), mail));
        try {
            sender.send(messages.keySet().toArray(MimeMessage[]::new));
            return results(messages, Map.of());
        } catch (MailAuthenticationException refused) {
            throw new ExitException(
                    ExitCode.CONFIGURATION,
                    "The mail server refuses the login. Correct SPRING_MAIL_USERNAME and SPRING_MAIL_PASSWORD.",
                    refused);
        } catch (MailSendException failed) {
            return results(messages, failed.getFailedMessages());
        }
    }

    private static List<SendResult> results(Map<MimeMessage, NoticeMail> messages, Map<Object, Exception> failures) {
        if (failures.size() == messages.size()) { // else the accepted ones would come again
            failures.values().forEach(NoticeMailServer::requireSender);
        }
        List<SendResult> results = new ArrayList<>();
        messages.forEach((message, mail) -> {
            Exception failure = failures.get(message);
            results.add(
                    failure == null
                            ? SendResult.accepted(mail.noticeId(), mail.address())
                            : new SendResult(mail.noticeId(), outcome(failure), mail.address(), reason(failure)));
        });
        return results;
    }

    private static void requireSender(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = next(cause)) {
            if (SmtpAnswers.isAboutSender(cause) && SmtpAnswers.code(cause) >= 500) {
                throw new ExitException(
                        ExitCode.CONFIGURATION,
                        "The mail server refuses the sender: " + reason(cause)
                                + ". Correct spring.mail.properties.mail.from, SPRING_MAIL_USERNAME and"
                                + " SPRING_MAIL_PASSWORD.",
                        failure);
            }
        }
    }

    /** Only an answer about this mail or its address refuses it; anything else can change. */
    private static Outcome outcome(Throwable failure) {
        Integer answer = answer(failure);
        if (answer == null) {
            return Outcome.AWAY;
        }
        return answer >= 500 ? Outcome.REFUSED : Outcome.LATER;
    }

    /** Returns the SMTP code; null without an answer about a mail. */
    private static @Nullable Integer answer(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = next(cause)) {
            if (SmtpAnswers.isAboutSender(cause)) {
                return null;
            }
            if (cause instanceof SMTPAddressFailedException) {
                return SmtpAnswers.code(cause);
            }
            // -1: the connection ended; the mail may have arrived. 421: the server closes.
            if (cause instanceof SMTPSendFailedException && next(cause) == null) {
                return SmtpAnswers.code(cause) < 0 || SmtpAnswers.code(cause) == 421
                        ? null
                        : Integer.valueOf(SmtpAnswers.code(cause));
            }
        }
        return null;
    }

    private static String reason(Throwable failure) {
        Throwable last = failure;
        for (Throwable cause = failure; cause != null; cause = next(cause)) {
            last = cause;
        }
        return MailAddress.mask(Causes.firstLine(last));
    }

    private static @Nullable Throwable next(Throwable failure) {
        return failure instanceof MessagingException messaging && messaging.getNextException() != null
                ? messaging.getNextException()
                : failure.getCause();
    }

    private MimeMessage message(MimeMessage message, NoticeMail mail) {
        try {
            MimeMessageHelper helper = new MimeMessageHelper(message, "UTF-8");
            helper.setFrom(from());
            helper.setTo(mail.address());
            helper.setSubject(mail.subject());
            // The helper would put both into a multipart/related, without the parameter that RFC 2387 requires.
            message.setContent(new MimeMultipart("alternative", part(mail.text(), "plain"), part(mail.html(), "html")));
            message.setHeader("Message-ID", "<notice." + mail.messageId() + "@credit-rollover>");
            message.setHeader("Auto-Submitted", "auto-generated");
            if (mail.unsubscribe() != null) {
                message.setHeader("List-Unsubscribe", "<" + mail.unsubscribe() + ">");
            }
            return message;
        } catch (AddressException wrong) { // a user's address is checked before
            throw new ExitException(
                    ExitCode.CONFIGURATION,
                    "spring.mail.properties.mail.from is not a mail address: " + wrong.getMessage()
                            + ". A name with a comma needs quotes.",
                    wrong);
        } catch (MessagingException unwritable) {
            throw new IllegalStateException("notice " + mail.noticeId() + " cannot be written", unwritable);
        }
    }

    private static MimeBodyPart part(String text, String subtype) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setText(text, "UTF-8", subtype);
        return part;
    }

    private String from() {
        String username = environment.getProperty("spring.mail.username", "");
        return Optional.ofNullable(environment.getProperty("spring.mail.properties.mail.from"))
                .orElse(username.contains("@") ? username : "credit-rollover@localhost");
    }

    /** Results for a group whose answers never came. */
    static List<SendResult> unknown(List<NoticeMail> mails, String reason) {
        return mails.stream()
                .map(mail ->
                        new SendResult(mail.noticeId(), Outcome.AWAY, mail.address(), Objects.requireNonNull(reason)))
                .toList();
    }
}
