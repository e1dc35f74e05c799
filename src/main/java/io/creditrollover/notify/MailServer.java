package io.creditrollover.notify;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.env.Environment;
import org.springframework.core.io.Resource;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.stereotype.Component;

/** The mail server of {@code spring.mail.*}; optional. */
@Component
class MailServer {
    private final ObjectProvider<JavaMailSender> senders;
    private final Environment environment;

    MailServer(ObjectProvider<JavaMailSender> senders, Environment environment) {
        this.senders = senders;
        this.environment = environment;
    }

    boolean isConfigured() {
        return senders.getIfAvailable() != null;
    }

    /** Returns after the server's acceptance; throws if it refused, or if the result is unknown. */
    void send(PendingMail mail, SummaryMail letter) {
        JavaMailSender sender = senders.getObject();
        try {
            sender.send(message(sender.createMimeMessage(), mail, letter));
        } catch (MailSendException failed) {
            // Only QUIT failed; the server had accepted the message.
            if (!failed.getFailedMessages().isEmpty()) {
                throw failed;
            }
        } catch (MessagingException unwritable) {
            throw new MailSendException("the mail to " + mail.recipient() + " cannot be written", unwritable);
        }
    }

    private MimeMessage message(MimeMessage message, PendingMail mail, SummaryMail letter) throws MessagingException {
        Resource chart = letter.chart();
        int mode = chart != null
                ? MimeMessageHelper.MULTIPART_MODE_MIXED_RELATED
                : MimeMessageHelper.MULTIPART_MODE_RELATED;
        MimeMessageHelper helper = new MimeMessageHelper(message, mode, "UTF-8");
        helper.setFrom(from());
        helper.setTo(mail.recipient());
        helper.setSubject(letter.subject());
        helper.setText(letter.text(), letter.html());
        if (chart != null) {
            helper.addInline(SummaryMail.CHART_ID, "chart.png", chart, "image/png");
        }
        message.setHeader(
                "Date",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(mail.createdAt().atZone(ZoneOffset.UTC)));
        message.setHeader("Message-ID", mail.messageId());
        message.setHeader("Auto-Submitted", "auto-generated");
        return message;
    }

    /** {@code spring.mail.properties.mail.from}, else the user name if it is an address, else a default. */
    private String from() {
        String username = environment.getProperty("spring.mail.username", "");
        return Optional.ofNullable(environment.getProperty("spring.mail.properties.mail.from"))
                .orElse(username.contains("@") ? username : "credit-rollover@localhost");
    }
}
