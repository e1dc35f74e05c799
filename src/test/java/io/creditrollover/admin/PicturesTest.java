package io.creditrollover.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetupTest;
import io.creditrollover.demo.DemoProcess;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Takes the pictures of the README and of every page, from the demo's year: {@code ./mvnw test -Ppictures}. */
@Tag("pictures")
class PicturesTest {
    private static final Path IMAGES = Path.of("docs", "images");
    private static final int MAX_BYTES = 150_000;

    private final GreenMail mails = new GreenMail(ServerSetupTest.SMTP.dynamicPort());

    @Test
    void everyPageAndTheMail(@TempDir Path profile) throws Exception {
        mails.start();
        try (DemoProcess demo = DemoProcess.start(
                        "spring.mail.host=127.0.0.1",
                        "spring.mail.port=" + mails.getSmtp().getPort(),
                        "rollover.admin.base-url=https://rollover.example.com");
                Browser browser = Browser.on(demo.port(), profile)) {
            browser.open("/login").lookAndPrint("demo-login");
            browser.login(demo.username(), demo.password());
            months(browser);
            ApiClient api = new ApiClient(demo.port()).as(demo.username(), demo.password());
            run(browser, api, profile.resolve("report.html"));
            users(browser);
            browser.open("/skipped").await("Payment to check").lookAndPrint("demo-skipped");
            browser.open("/audit").await("Activity").lookAndPrint("demo-activity");
            browser.open("/tokens").await("API tokens").lookAndPrint("demo-tokens");
            assertThat(mails.waitForIncomingEmail(60_000, 15)).isTrue();
            mail(browser, profile.resolve("mail.html"));
            assertThat(browser.complaints()).isEmpty();
        } finally {
            mails.stop();
        }
    }

    private static void months(Browser browser) {
        browser.open("/").await("If ").lookAndPrint("demo-months");
        browser.keep("light", IMAGES.resolve("console-light.png"), MAX_BYTES);
        browser.keep("dark", IMAGES.resolve("console-dark.png"), MAX_BYTES);
        browser.phone(true)
                .keep("light", IMAGES.resolve("console-phone.png"), MAX_BYTES)
                .phone(false);
    }

    private static void run(Browser browser, ApiClient api, Path file) throws IOException {
        browser.pick("table.months tbody th a").await("About this run");
        String run = browser.path();
        browser.unfold("About this run").lookAndPrint("demo-run");
        browser.open(run + "/report").await("By reason and plan").lookAndPrint("demo-report");
        browser.open(run + "/events").await("in total").lookAndPrint("demo-events");
        String report = "/admin/rollovers" + run.substring("/runs".length()) + "/report.html";
        Files.writeString(file, api.get(report).body());
        browser.openFile(file).lookAndPrint("demo-report-file");
    }

    private static void users(Browser browser) {
        browser.open("/users")
                .type("user", "Kapoor")
                .press("Find")
                .await("50 users")
                .lookAndPrint("demo-users");
        browser.pick("table.cards a").await("Reply to the customer").lookAndPrint("demo-user");
    }

    /** The latest summary of a completed month, as a mail program shows it. */
    private void mail(Browser browser, Path page) throws Exception {
        MimeMessage mail = List.of(mails.getReceivedMessages()).stream()
                .filter(PicturesTest::isOfACompletedMonth)
                .max(Comparator.comparing(PicturesTest::sent))
                .orElseThrow();
        String html = html(mail);
        String chart = Base64.getEncoder().encodeToString(chart(mail));
        Files.writeString(page, html.replaceAll("cid:[\\w.@-]+", "data:image/png;base64," + chart));
        browser.openFile(page).lookAndPrint("demo-mail");
        browser.keep("light", IMAGES.resolve("mail-summary.png"), MAX_BYTES);
    }

    private static boolean isOfACompletedMonth(MimeMessage mail) {
        try {
            return mail.getSubject().contains("rolled over");
        } catch (jakarta.mail.MessagingException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private static java.util.Date sent(MimeMessage mail) {
        try {
            return mail.getSentDate();
        } catch (jakarta.mail.MessagingException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private static String html(Part part) throws Exception {
        return (String) part(part, "text/html").getContent();
    }

    private static byte[] chart(Part part) throws Exception {
        return part(part, "image/png").getInputStream().readAllBytes();
    }

    /** The first part of this type, however deep. */
    private static Part part(Part whole, String type) throws Exception {
        Deque<Part> parts = new ArrayDeque<>(List.of(whole));
        while (!parts.element().isMimeType(type)) {
            if (parts.remove().getContent() instanceof Multipart inner) {
                for (int i = 0; i < inner.getCount(); i++) {
                    parts.add(inner.getBodyPart(i));
                }
            }
        }
        return parts.element();
    }
}
