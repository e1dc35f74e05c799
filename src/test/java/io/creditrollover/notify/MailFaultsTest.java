package io.creditrollover.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.ProductProcess;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.Cli;
import io.creditrollover.cli.TestApplication;
import io.creditrollover.lease.StopSignal;
import io.creditrollover.notify.ScriptedSmtp.Script;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A mail server that fails has no say in the month, and gets the mail later, once wherever it let that be known. */
class MailFaultsTest {
    private final TestDatabase database = TestDatabase.migrated();
    private final HostFixture host = HostFixture.in(database);
    private final ScriptedSmtp server = new ScriptedSmtp(Script.ACCEPT);

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Script.class,
            names = {"SAY_NOTHING", "SAY_NOTHING_AFTER_DATA", "REFUSE_FOR_NOW", "WANT_A_LOGIN"})
    void theMonthIsCompleteAndTheNextCommandDelivers(Script fault) {
        HostFixture.User lapsed = host.aLapsedUser();
        server.now(fault);

        Cli.Result run = cli().run("run", "--approve=a test");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(host.creditsOf(lapsed)).isZero();
        assertThat(pending()).isEqualTo(1);
        assertThat(run.err()).contains("stays in the outbox");
        int takenInDoubt = server.taken().size();

        server.now(Script.ACCEPT);
        Cli.Result next = cli().run("status");

        assertThat(next.exitCode()).as(next.err()).isZero();
        assertThat(pending()).isZero();
        assertThat(server.taken()).hasSize(takenInDoubt + 1);
        assertThat(messageIds())
                .as("a repetition can be told by its Message-ID")
                .hasSize(1);
        assertThat(database.count("select count(*) from credit_rollover_events"))
                .isEqualTo(1);

        cli().run("status");
        assertThat(server.taken())
                .as("once it was accepted it is not sent again")
                .hasSize(takenInDoubt + 1);
    }

    @Test
    void anAddressThatIsRefusedForGoodIsNamedOnceAndWaitsUntilSomebodyAsks() {
        host.aPayingUser();
        server.now(Script.REFUSE_FOR_GOOD);

        Cli.Result run = cli().run("run", "--approve=a test", "--json");
        Cli.Result next = cli().run("status");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).contains("ops@example.com", "550 5.1.1 no such user", "ROLLOVER_NOTIFICATION_EMAIL");
        assertThat(next.err()).doesNotContain("550");
        assertThat(server.conversations()).isEqualTo(1);

        server.now(Script.ACCEPT);
        Cli.Result send = cli().run("report", run.json().get("executionId").asString(), "--send");

        assertThat(send.exitCode()).as(send.err()).isZero();
        assertThat(server.taken()).hasSize(1);
        assertThat(pending()).isZero();
    }

    @Test
    void aMailThatMayHaveArrivedIsNotSentAgainAtOnceAndOnlyAFewTimes() {
        host.aPayingUser();
        server.now(Script.DIE_AFTER_DATA);
        cli().run("run", "--approve=a test");
        assertThat(server.taken()).hasSize(1);

        cli().run("status");
        assertThat(server.taken()).as("so soon after it").hasSize(1);

        for (int i = 0; i < 6; i++) {
            database.execute(
                    "update credit_rollover_outbox set claimed_until = clock_timestamp() - interval '1 second'");
            cli().run("status");
        }
        assertThat(server.taken()).as("however long it waits").hasSize(4);
        assertThat(messageIds()).hasSize(1);
        assertThat(pending()).isEqualTo(1);
    }

    @Test
    void aServerThatIsDownCostsNothingButALineAndTheMailIsSentOnDemand() throws Exception {
        host.aPayingUser();
        ScriptedSmtp gone = new ScriptedSmtp(Script.ACCEPT);
        gone.close();

        Cli.Result run = Cli.on(
                        database,
                        "spring.mail.host=localhost",
                        "spring.mail.port=" + gone.port(),
                        "rollover.notification-email=ops@example.com")
                .run("run", "--approve=a test", "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(pending()).isEqualTo(1);

        Cli.Result send = cli().run("report", run.json().get("executionId").asString(), "--send", "--json");

        assertThat(send.exitCode()).as(send.err()).isZero();
        assertThat(send.json().get("mailsSent").asInt()).isEqualTo(1);
        assertThat(server.taken()).hasSize(1);
        assertThat(pending()).isZero();
    }

    @Test
    void aMailThatWasAcceptedIsSentEvenIfTheFarewellFails() {
        host.aPayingUser();
        server.now(Script.FAIL_THE_FAREWELL);

        cli().run("run", "--approve=a test");

        assertThat(pending()).isZero();
        assertThat(server.taken()).hasSize(1);
    }

    @Test
    void sendingOnDemandSaysSoWhenTheServerRefuses() {
        host.aPayingUser();
        server.now(Script.REFUSE_FOR_GOOD);
        Cli.Result run = cli().run("run", "--approve=a test", "--json");

        Cli.Result send = cli().run("report", run.json().get("executionId").asString(), "--send");

        assertThat(send.exitCode()).isEqualTo(65);
        assertThat(send.err()).contains("550 5.1.1 no such user");
    }

    @Test
    void withoutAMailServerTheMailWaitsAndOneLineSaysSo() {
        host.aPayingUser();

        Cli.Result run =
                Cli.on(database, "rollover.notification-email=ops@example.com").run("run", "--approve=a test");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(pending()).isEqualTo(1);
        assertThat(run.err()).containsOnlyOnce("SPRING_MAIL_HOST is not set");
    }

    @Test
    void withoutRecipientsNothingIsWritten() {
        host.aPayingUser();

        Cli.Result run = Cli.on(database, "spring.mail.host=localhost").run("run", "--approve=a test");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).containsOnlyOnce("ROLLOVER_NOTIFICATION_EMAIL is not set");
        assertThat(database.count("select count(*) from credit_rollover_outbox"))
                .isZero();
    }

    @Test
    void aMailThatAnotherProcessIsSendingIsLeftToIt() {
        host.aPayingUser();
        server.now(Script.REFUSE_FOR_NOW);
        cli().run("run", "--approve=a test");
        server.now(Script.ACCEPT);
        database.execute("update credit_rollover_outbox set claimed_until = clock_timestamp() + interval '5 minutes'");

        cli().run("status");
        assertThat(server.taken()).isEmpty();

        database.execute("update credit_rollover_outbox set claimed_until = clock_timestamp() - interval '1 second'");
        cli().run("status");
        assertThat(server.taken()).hasSize(1);
    }

    @Test
    void aProcessThatDiesBetweenSendingAndMarkingLeavesARepetitionThatCanBeToldAndNoMore() throws Exception {
        host.aPayingUser();
        server.now(Script.SAY_NOTHING_AFTER_DATA);
        Map<String, String> environment = Map.of(
                "ROLLOVER_NOTIFICATION_EMAIL", "ops@example.com",
                "SPRING_MAIL_HOST", "localhost",
                "SPRING_MAIL_PORT", String.valueOf(server.port()));
        try (ProductProcess process = ProductProcess.start(database, environment, "run", "--approve=a test")) {
            awaitMail(process);
            process.kill();
        }
        server.now(Script.ACCEPT);
        assertThat(database.count("select count(*) from credit_rollover_runs where status = 'COMPLETED'"))
                .isOne();

        cli().run("status");
        assertThat(server.taken()).as("while the dead one's claim lasts").hasSize(1);

        database.execute("update credit_rollover_outbox set claimed_until = clock_timestamp() - interval '1 second'");
        cli().run("status");
        cli().run("status");
        assertThat(server.taken()).as("once more, and marked then").hasSize(2);
        assertThat(messageIds()).hasSize(1);
        assertThat(pending()).isZero();
    }

    @Test
    void serveDeliversWhatWaits() {
        host.aPayingUser();
        server.now(Script.REFUSE_FOR_NOW);
        cli().run("run", "--approve=a test");
        server.now(Script.ACCEPT);

        try (TestApplication serving = TestApplication.on(database, settings())) {
            serving.bean(ServeMonitor.class).check(new StopSignal());
        }

        assertThat(pending()).isZero();
        assertThat(server.taken()).hasSize(1);
    }

    private void awaitMail(ProductProcess process) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (server.taken().isEmpty()) {
            assertThat(System.nanoTime()).as(process.err()).isLessThan(deadline);
            Thread.sleep(20);
        }
    }

    private Cli cli() {
        return Cli.on(database, settings());
    }

    private String[] settings() {
        return new String[] {
            "spring.mail.host=localhost",
            "spring.mail.port=" + server.port(),
            "spring.mail.properties.mail.smtp.timeout=3000",
            "rollover.notification-email=ops@example.com"
        };
    }

    private long pending() {
        return database.count("select count(*) from credit_rollover_outbox where sent_at is null");
    }

    private List<String> messageIds() {
        return server.taken().stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith("Message-ID:"))
                .distinct()
                .toList();
    }
}
