package io.creditrollover.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetupTest;
import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.Cli;
import jakarta.mail.BodyPart;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The mail as a server gets it, for each way in which an attempt ends. */
class SummaryMailTest {
    private final TestDatabase database = TestDatabase.migrated();
    private final HostFixture host = HostFixture.in(database);
    private final GreenMail server = new GreenMail(ServerSetupTest.SMTP.dynamicPort());

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void aCompleteMonthIsMailedToEachRecipientOnce() throws Exception {
        host.aPayingUser();
        host.aLapsedUser();
        host.aUserWhoToppedUp();

        Cli.Result run = cli("a@example.com,b@example.com").run("run", "--approve=a test", "--json");
        cli("a@example.com,b@example.com").run("run", "--approve=a test");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(server.getReceivedMessages())
                .extracting(mail -> mail.getAllRecipients()[0].toString())
                .containsExactly("a@example.com", "b@example.com");
        MimeMessage mail = server.getReceivedMessages()[0];
        assertThat(mail.getSubject()).isEqualTo("[credit-rollover] OK " + month() + ": 1 users rolled over, 2 expired");
        String text = part(mail, "text/plain");
        assertThat(text)
                .contains("Users expired", "55 credits", "Revenue protected", "₹299")
                .contains("window elapsed", "plan not eligible")
                .containsPattern("Execution +" + run.json().get("executionId").asString());
    }

    @Test
    void textAndPageSayTheSame() throws Exception {
        host.manyUsers(40);
        host.aUser(7).paid("campus", 10, host.inTheMonth());

        cli("ops@example.com").run("run", "--approve=a test");

        MimeMessage mail = server.getReceivedMessages()[0];
        assertThat(words(part(mail, "text/plain").toLowerCase(java.util.Locale.ROOT)))
                .isEqualTo(words(body(part(mail, "text/html")).toLowerCase(java.util.Locale.ROOT)));
    }

    @Test
    void theChartIsAPictureThatThePageNames() throws Exception {
        host.manyUsers(40);

        cli("ops@example.com").run("run", "--approve=a test");

        MimeMessage mail = server.getReceivedMessages()[0];
        assertThat(part(mail, "text/html")).contains("src=\"cid:chart\"");
        Part picture = parts(mail)
                .filter(p -> type(p).startsWith("image/png"))
                .findFirst()
                .orElseThrow();
        assertThat(picture.getHeader("Content-ID")).containsExactly("<chart>");
        assertThat(picture.getFileName()).isEqualTo("chart.png");
        assertThat(javax.imageio.ImageIO.read(picture.getInputStream()).getWidth())
                .isGreaterThan(500);
    }

    @Test
    void aBlockedMonthSaysWhyAndHowToGoOn() throws Exception {
        host.aPayingUser();

        Cli.Result run = cli("ops@example.com", "rollover.safety.max-payment-silence=PT1H")
                .run("run");

        assertThat(run.exitCode()).isEqualTo(65);
        MimeMessage mail = server.getReceivedMessages()[0];
        assertThat(mail.getSubject()).startsWith("[credit-rollover] BLOCKED " + month() + ", execution ");
        assertThat(part(mail, "text/plain"))
                .contains("Cause: ", "rollover.safety.max-payment-silence: no paid payment for ")
                .contains("java -jar credit-rollover.jar run --date " + host.date() + " --approve \"REASON\"")
                .containsPattern("Would roll over +1 +40 credits \\(forecast\\)")
                .doesNotContain("Users rolled over");
    }

    @Test
    void aFailedMonthSaysWhyAndHowToGoOnAndEachAttemptIsMailed() throws Exception {
        host.manyUsers(20);
        database.execute(
                "create function fail() returns trigger language plpgsql as $$ begin raise 'the disk is full' using errcode = 'disk_full'; end $$",
                "create trigger fail before insert on credit_rollover_events for each row execute function fail()");

        Cli.Result run = cli("ops@example.com", "rollover.admin.base-url=https://rollover.example.com/")
                .run("run", "--approve=a test", "--json");

        assertThat(run.exitCode()).isEqualTo(75);
        assertThat(server.getReceivedMessages()).as(run.err()).hasSize(1);
        String execution = run.json().get("executionId").asString();
        MimeMessage mail = server.getReceivedMessages()[0];
        assertThat(mail.getSubject()).isEqualTo("[credit-rollover] FAILED " + month() + ", execution " + execution);
        assertThat(part(mail, "text/plain"))
                .containsPattern("Cause: Run 1 failed\\. .*the disk is full\\)\\.\\R")
                .contains("To resume: java -jar credit-rollover.jar restart " + execution)
                .doesNotContain("restart " + execution + " --approve")
                .contains("Or in the console: https://rollover.example.com/runs/" + execution);
        assertThat(part(mail, "text/html")).contains("href=\"https://rollover.example.com/runs/" + execution + "\"");

        database.execute("drop trigger fail on credit_rollover_events");
        assertThat(cli("ops@example.com")
                        .run("restart", execution, "--approve=a test")
                        .exitCode())
                .isZero();
        assertThat(server.getReceivedMessages()).hasSize(2);
        assertThat(server.getReceivedMessages()[1].getSubject()).startsWith("[credit-rollover] OK " + month());
    }

    @Test
    void aLimitThatStopsAResumedMonthAsksForAReasonInEachMailOfThatAttempt() throws Exception {
        host.aPayingUser();
        host.manyUsers(20);
        database.execute(
                """
                create function fail() returns trigger language plpgsql as $$ begin
                if new.user_id = (select max(id) from users) then raise 'the disk is full' using errcode = 'disk_full'; end if;
                return new; end $$
                """,
                "create trigger fail before insert on credit_rollover_events for each row execute function fail()");
        Cli.Result failed = cli(
                        "ops@example.com",
                        "rollover.chunk-size=5",
                        "rollover.threads=1",
                        "rollover.safety.max-payment-silence=P9999D")
                .run("run", "--approve=a test", "--json");
        assertThat(failed.exitCode()).as(failed.err()).isEqualTo(75);
        database.execute("drop trigger fail on credit_rollover_events");

        String first = failed.json().get("executionId").asString();
        Cli.Result limited = cli("ops@example.com", "rollover.safety.max-payment-silence=PT0S")
                .run("restart", first, "--json");

        assertThat(limited.exitCode()).as(limited.err()).isEqualTo(65);
        assertThat(limited.json().get("status").asString()).isEqualTo("FAILED");
        String execution = limited.json().get("executionId").asString();
        cli("ops@example.com").run("report", execution, "--send");
        assertThat(server.getReceivedMessages()).hasSize(3);
        for (MimeMessage mail : List.of(server.getReceivedMessages()[1], server.getReceivedMessages()[2])) {
            assertThat(part(mail, "text/plain")).contains("restart " + execution + " --approve \"REASON\"");
        }
    }

    @Test
    void anEndThatIsNotCommittedIsNotMailed() throws Exception {
        host.aLapsedUser();
        database.execute(
                "create function fail() returns trigger language plpgsql as $$ begin raise 'lost at commit' using errcode = 'disk_full'; end $$",
                "create constraint trigger fail after update on credit_rollover_runs deferrable initially deferred"
                        + " for each row when (new.status = 'COMPLETED') execute function fail()");

        Cli.Result run = cli("ops@example.com").run("run", "--approve=a test");

        assertThat(run.exitCode()).isEqualTo(75);
        assertThat(server.getReceivedMessages())
                .extracting(MimeMessage::getSubject)
                .singleElement()
                .asString()
                .startsWith("[credit-rollover] FAILED");
        assertThat(database.count("select count(*) from credit_rollover_outbox"))
                .isOne();
    }

    @Test
    void neitherPartHoldsAWholePhoneNumber() throws Exception {
        HostFixture.User doubtful = host.aUser(7).paid("campus", 10, host.inTheMonth());
        HostFixture.User late = host.aLapsedUser();
        cli("ops@example.com").run("run", "--approve=a test", "--json");
        late.paid("monthly", 50, host.cutoff().plusSeconds(3600));

        cli("ops@example.com").run("report", "1", "--send");

        MimeMessage mail = server.getReceivedMessages()[1];
        for (String type : List.of("text/plain", "text/html")) {
            assertThat(part(mail, type))
                    .contains("*" + doubtful.phone().substring(doubtful.phone().length() - 4))
                    .contains("*" + late.phone().substring(late.phone().length() - 4))
                    .contains("monthly, ")
                    .doesNotContain(doubtful.phone(), late.phone());
        }
    }

    @Test
    void unusualExpiryThatWasApprovedIsAnAlertInTheSubject() throws Exception {
        host.manyUsers(40);
        database.execute("""
                insert into credit_rollover_runs (rollover_date, mode, status, cutoff, zone, policy, requested_by,
                                                  users_processed, users_rolled_over, credits_before, credits_rolled_over)
                values (date_trunc('month', now() at time zone 'Asia/Kolkata')::date - interval '1 month', 'live',
                        'COMPLETED', now() - interval '60 days', 'Asia/Kolkata', '{"zone": "Asia/Kolkata", "pendingGrace": "PT15M", "plans": {}}', 'a test',
                        40, 40, 400, 400)
                """, """
                insert into credit_rollover_events (user_id, phone_number, rollover_date, credits_before,
                                                    credits_after, action, reason, run_id, reason_code)
                select u.id, u.phone_number, r.rollover_date, 10, 10, 'rollover', '', r.id, 'ELIGIBLE_PLAN'
                from users u, credit_rollover_runs r
                """);

        cli("ops@example.com").run("run", "--approve=a test");

        MimeMessage mail = server.getReceivedMessages()[0];
        assertThat(mail.getSubject()).endsWith("; alert: unusual expiry");
        assertThat(part(mail, "text/plain"))
                .contains("Unusual: 60.0% of users expired. The mean of earlier months is 0.0%.");
    }

    @Test
    void aDryRunIsNotMailedUnlessAskedFor() throws Exception {
        host.aPayingUser();

        cli("ops@example.com").run("run", "--dry-run");
        assertThat(server.getReceivedMessages()).isEmpty();

        cli("ops@example.com").run("report", "1", "--send");
        assertThat(server.getReceivedMessages()[0].getSubject())
                .startsWith("[credit-rollover] OK " + month() + " dry-run: 1 users rolled over");
    }

    private Cli cli(String recipients, String... more) {
        List<String> settings = new ArrayList<>(List.of(
                "spring.mail.host=localhost",
                "spring.mail.port=" + server.getSmtp().getPort(),
                // A busy machine is no fault of the server.
                "spring.mail.properties.mail.smtp.connectiontimeout=60000",
                "spring.mail.properties.mail.smtp.timeout=60000",
                "rollover.notification-email=" + recipients));
        settings.addAll(List.of(more));
        return Cli.on(database, settings.toArray(String[]::new));
    }

    private String month() {
        return host.date().toString().substring(0, 7);
    }

    private static String part(MimeMessage mail, String type) throws Exception {
        return (String) parts(mail)
                .filter(part -> type(part).startsWith(type))
                .findFirst()
                .orElseThrow()
                .getContent();
    }

    private static String type(Part part) {
        try {
            return part.getContentType();
        } catch (jakarta.mail.MessagingException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private static Stream<Part> parts(Part part) throws Exception {
        if (!(part.getContent() instanceof Multipart multipart)) {
            return Stream.of(part);
        }
        List<Part> all = new ArrayList<>();
        for (int i = 0; i < multipart.getCount(); i++) {
            BodyPart child = multipart.getBodyPart(i);
            parts(child).forEach(all::add);
        }
        return all.stream();
    }

    private static String body(String html) {
        return html.substring(html.indexOf("<body>"))
                .replaceAll("<[^>]*>", " ")
                .replace("&#39;", "'")
                .replace("&quot;", "\"");
    }

    private static List<String> words(String text) {
        return Stream.of(text.strip().split("\\s+")).toList();
    }
}
