package io.creditrollover.notice;

import static io.creditrollover.notice.NoticeFixture.rows;
import static io.creditrollover.notice.NoticeFixture.tell;
import static io.creditrollover.notice.NoticeFixture.withAddress;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.TestApplication;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import io.creditrollover.lease.StopSignal;
import io.creditrollover.report.Explanation;
import io.creditrollover.report.Explanations;
import io.creditrollover.run.RunOutcome;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Users are told by mail: real conversations with an SMTP server. */
class NotifyTest {
    private static final TestDatabase DATABASE = NoticeFixture.database();
    private static final UserSmtp SMTP = new UserSmtp();

    @RegisterExtension
    static final TestApplication PRODUCT = NoticeFixture.product(
            DATABASE,
            SMTP,
            "rollover.notices.opt-out=no_mail",
            "rollover.notices.mail.unsubscribe=https://example.com/stop?user={userId}");

    private final HostFixture host = NoticeFixture.next(DATABASE);

    @BeforeEach
    void nobodyIsThereAndNothingWasTold() {
        DATABASE.truncate(NoticeFixture.TABLES);
        SMTP.forget();
    }

    private HostFixture.User lapsed(String address) {
        return withAddress(DATABASE, host.aLapsedUser(), address);
    }

    /** A payment a moment ago, in the month that has begun. */
    private static void pays(HostFixture.User user, String plan, Duration ago) {
        user.paid(plan, 10, Instant.now().minus(ago));
    }

    @Test
    void nobodyIsToldOfAnExpiryToComeOnceTheCutoffHasPassedInMidDelivery() {
        HostFixture past = HostFixture.in(DATABASE);
        HostFixture.User lapsed = withAddress(DATABASE, past.aLapsedUser(), "late@example.com");
        DATABASE.execute("insert into credit_rollover_notices (user_id, rollover_date, kind, lead, channel,"
                + " credits_before, credits_after, reason_code) values (" + lapsed.id() + ", '" + past.date()
                + "', 'expiring', 'P1D', 'mail', 25, 0, 'WINDOW_ELAPSED')");

        FreshFacts.Checked checked = PRODUCT.bean(FreshFacts.class)
                .check(
                        PRODUCT.bean(NoticeRows.class).next("mail", null, 0, 10),
                        PRODUCT.bean(NoticeClock.class).nextRollover());

        assertThat(checked.toSend()).isEmpty();
        assertThat(checked.closed()).extracting(NoticeRows.Closed::status).containsExactly("superseded");
    }

    @Test
    void tellsWhoWouldLoseCreditsInTheWordsOfExplainAndOnce() throws Exception {
        HostFixture.User toppedUp = withAddress(DATABASE, host.aUser(30), "asha@example.com");
        pays(toppedUp, "power", Duration.ofSeconds(90));
        pays(toppedUp, "starter", Duration.ofSeconds(60));
        pays(withAddress(DATABASE, host.aUser(40), "paying@example.com"), "monthly", Duration.ofSeconds(60));

        assertThat(tell(PRODUCT).sent()).isOne();
        NotifyOutcome again = tell(PRODUCT);

        assertThat(again.planned() + again.sent()).isZero();
        assertThat(SMTP.mails()).hasSize(1);
        MimeMessage mail = SMTP.mails().get(0);
        assertThat(mail.getAllRecipients()).extracting(Object::toString).containsExactly("asha@example.com");
        assertThat(mail.getSubject()).startsWith("Your 30 credits would expire on 1 ");
        assertThat(mail.getHeader("List-Unsubscribe"))
                .containsExactly("<https://example.com/stop?user=" + toppedUp.id() + ">");
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(mail.isMimeType("multipart/alternative")).isTrue();
        Explanation.Next explained = Objects.requireNonNull(PRODUCT.bean(Explanations.class)
                .of(toppedUp.phone(), host.date())
                .next());
        assertThat(explained.text()).contains("for the starter plan", "The earlier power payment of ");
        assertThat(explained.advice())
                .contains("pay for the monthly or power plan before 1 ", ", 00:00 (Asia/Kolkata)");
        assertThat(part(mail, "text/plain").replaceAll("\\s+", " ")).contains(explained.text(), explained.advice());
        assertThat(part(mail, "text/html").replaceAll("\\s+", " ")).contains(explained.text(), explained.advice());
        assertThat(rows(DATABASE)).containsExactly(toppedUp.id() + " expiring P40D sent");
    }

    /** Plans do not wait for the disk. If a crash took back the plan of a mail, it would come again under another id. */
    @Test
    void theLeaseIsConfirmedBetweenThePlansAndTheFirstMail() throws Exception {
        lapsed("asha@example.com");

        assertThat(tell(PRODUCT).sent()).isOne();

        assertThat(DATABASE.count("""
                        select count(*) from credit_rollover_notices n join credit_rollover_leases l on l.name = 'notices'
                        where l.renewed_at > n.planned_at
                        """)).isOne();
    }

    @Test
    void whoRenewsBeforeTheMailIsNotToldAndWhoLapsesAgainIsToldUnderTheSameId() throws Exception {
        HostFixture.User user = lapsed("asha@example.com");
        SMTP.away(true);
        NotifyOutcome unsent = tell(PRODUCT);
        assertThat(unsent.exitCode()).isEqualTo(ExitCode.RETRY);
        assertThat(unsent.failed()).isOne();
        long id = DATABASE.count("select id from credit_rollover_notices");

        SMTP.away(false);
        pays(user, "monthly", Duration.ofSeconds(60));
        assertThat(tell(PRODUCT).notNeeded()).isOne();
        assertThat(SMTP.mails()).isEmpty();
        assertThat(rows(DATABASE)).containsExactly(user.id() + " expiring P40D not-needed");
        assertThat(DATABASE.jdbc()
                        .sql("select reason from credit_rollover_notices")
                        .query(String.class)
                        .single())
                .contains("ELIGIBLE_PLAN");

        pays(user, "starter", Duration.ofSeconds(30));
        assertThat(tell(PRODUCT).sent()).isOne();
        assertThat(DATABASE.count("select id from credit_rollover_notices")).isEqualTo(id);
    }

    @Test
    void aRefusedAddressIsNotTriedAgainAndIsNamedMasked() throws Exception {
        HostFixture.User gone = lapsed("gone.person@example.com");
        HostFixture.User there = lapsed("there@example.com");

        NotifyOutcome told = tell(PRODUCT);
        tell(PRODUCT);

        assertThat(told.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(told.refusedAddresses()).hasSize(1);
        assertThat(told.refusedAddresses().get(0).userId()).isEqualTo(gone.id());
        assertThat(told.refusedAddresses().get(0).toString())
                .contains("g***@example.com", "550 5.1.1")
                .doesNotContain("gone.person");
        assertThat(SMTP.tried()).containsExactlyInAnyOrder("gone.person@example.com", "there@example.com");
        assertThat(rows(DATABASE))
                .containsExactly(gone.id() + " expiring P40D refused", there.id() + " expiring P40D sent");
    }

    /** As without SPRING_MAIL_USERNAME, or from a blocked address. Refused for good, nobody would ever be told. */
    @ParameterizedTest
    @ValueSource(
            strings = {"530 5.7.0 Authentication required", "554 5.7.1 Client host blocked", "550 5.1.0 Sender rejected"
            })
    void aServerThatRefusesTheSenderRefusesNoUser(String answer) throws Exception {
        HostFixture.User user = lapsed("asha@example.com");
        SMTP.answerSender(answer);

        assertThatThrownBy(() -> tell(PRODUCT))
                .isInstanceOfSatisfying(ExitException.class, refused -> assertThat(refused.exitCode())
                        .isEqualTo(ExitCode.CONFIGURATION))
                .hasMessageContaining(answer)
                .hasMessageContaining("SPRING_MAIL_USERNAME");
        assertThat(rows(DATABASE)).containsExactly(user.id() + " expiring P40D planned");

        SMTP.answerSender(null);
        assertThat(tell(PRODUCT).sent()).isOne();
    }

    /** Some servers ask for it only here. One user's mail must not be lost by it. */
    @Test
    void aLoginThatIsWantedForARecipientRefusesNoUser() throws Exception {
        HostFixture.User user = lapsed("login@example.com");

        assertThatThrownBy(() -> tell(PRODUCT))
                .isInstanceOfSatisfying(ExitException.class, refused -> assertThat(refused.exitCode())
                        .isEqualTo(ExitCode.CONFIGURATION))
                .hasMessageContaining("530");
        assertThat(rows(DATABASE)).containsExactly(user.id() + " expiring P40D planned");
    }

    @Test
    void aRefusalForNowIsTriedAgainAtOnceAndThenByTheNextCallUnderTheSameId() throws Exception {
        lapsed("busy@example.com");
        lapsed("there@example.com");

        NotifyOutcome told = tell(PRODUCT);
        assertThat(told.exitCode()).isEqualTo(ExitCode.RETRY);
        assertThat(told.sent()).isOne();
        assertThat(told.failed()).isOne();
        assertThat(told.message()).contains("1 notices were not sent: 450 4.2.1");
        assertThat(SMTP.tried()).filteredOn("busy@example.com"::equals).hasSize(3);

        SMTP.allowBusy(true);
        assertThat(tell(PRODUCT).sent()).isOne();
        assertThat(SMTP.mails()).hasSize(2);
    }

    @Test
    void aMailWhoseAnswerIsLostIsRepeatedWithItsMessageId() throws Exception {
        lapsed("cut@example.com");

        assertThat(tell(PRODUCT).exitCode()).isEqualTo(ExitCode.RETRY);

        assertThat(SMTP.mails()).hasSize(3);
        assertThat(SMTP.mails().stream().map(NotifyTest::messageId).distinct())
                .singleElement()
                .asString()
                .matches("<notice\\.[0-9a-f-]{36}@credit-rollover>");
    }

    @Test
    void unusableAddressesAndUsersWhoOptedOutAreSkippedWithTheReason() throws Exception {
        host.aLapsedUser();
        lapsed(" ");
        lapsed("a@example.com\r\nBcc: victim@example.com");
        lapsed("a@example.com, b@example.com");
        lapsed("no-address");
        lapsed("x".repeat(60) + "@" + "long.".repeat(50) + "example.com");
        HostFixture.User unwilling = lapsed("unwilling@example.com");
        DATABASE.execute("update users set no_mail = true where id = " + unwilling.id());

        NotifyOutcome told = tell(PRODUCT);

        assertThat(told.skipped()).isEqualTo(7);
        assertThat(told.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(SMTP.tried()).isEmpty();
        assertThat(DATABASE.jdbc()
                        .sql("select reason from credit_rollover_notices order by user_id")
                        .query(String.class)
                        .list())
                .satisfiesExactly(
                        reason -> assertThat(reason).contains("no address"),
                        reason -> assertThat(reason).contains("no address"),
                        reason -> assertThat(reason)
                                .contains("not a mail address")
                                .doesNotContain("victim"),
                        reason -> assertThat(reason).contains("not a mail address"),
                        reason -> assertThat(reason).contains("not a mail address"),
                        reason -> assertThat(reason).contains("longer than 254"),
                        reason -> assertThat(reason).contains("opted out"));
    }

    @Test
    void aPendingPaymentLeavesTheNoticePlanned() throws Exception {
        HostFixture.User user = lapsed("asha@example.com");
        user.pending("monthly", 50, Instant.now().minusSeconds(5));

        NotifyOutcome told = tell(PRODUCT);

        assertThat(told.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(told.waiting()).isOne();
        assertThat(SMTP.mails()).isEmpty();
    }

    @Test
    void expiriesAreToldAfterTheRunAndReversalsAfterTheUndo() throws Exception {
        HostFixture now = HostFixture.in(DATABASE);
        HostFixture.User user = withAddress(DATABASE, now.aLapsedUser(), "asha@example.com");
        RunOutcome run = PRODUCT.run();
        assertThat(run.exitCode()).as(run.sentence()).isEqualTo(ExitCode.OK);

        assertThat(tell(PRODUCT).sent()).isOne();
        assertThat(SMTP.mails().get(0).getSubject()).startsWith("Your 25 credits expired on 1 ");
        assertThat(part(SMTP.mails().get(0), "text/plain")).contains("was too long ago");

        undo(run);
        NotifyOutcome told = tell(PRODUCT, now.date());
        assertThat(told.sent()).isOne();
        assertThat(SMTP.mails().get(1).getSubject())
                .startsWith("25 credits that expired on 1 ")
                .endsWith(" were added back");
        assertThat(part(SMTP.mails().get(1), "text/plain")).contains("Your balance went from 0 to 25 credits.");
        assertThat(rows(DATABASE)).containsExactly(user.id() + " expired sent", user.id() + " reinstated sent");
    }

    @Test
    void whoWasNotToldOfTheExpiryBeforeAnUndoIsToldOfThatOfTheNextRunOnce() throws Exception {
        HostFixture now = HostFixture.in(DATABASE);
        HostFixture.User user = withAddress(DATABASE, now.aLapsedUser(), "asha@example.com");
        RunOutcome closed = PRODUCT.run();
        plan(now);
        long id = DATABASE.count("select id from credit_rollover_notices");
        undo(closed);
        assertThat(tell(PRODUCT, now.date()).notNeeded()).isOne();
        RunOutcome stillPlanned = PRODUCT.run();
        assertThat(plan(now)).isOne();
        undo(stillPlanned);
        DATABASE.execute("update users set credits = 9");
        PRODUCT.run();
        SMTP.forget();

        tell(PRODUCT, now.date());
        tell(PRODUCT, now.date());

        assertThat(SMTP.mails()).hasSize(1);
        assertThat(SMTP.mails().get(0).getSubject()).startsWith("Your 9 credits expired on 1 ");
        assertThat(rows(DATABASE)).containsExactly(user.id() + " expired sent", user.id() + " reinstated sent");
        assertThat(DATABASE.count("select id from credit_rollover_notices where kind = 'expired'"))
                .isEqualTo(id);
    }

    @Test
    void whoWasToldOfTheExpiryBeforeAnUndoIsNotToldOfThatOfTheNextRun() throws Exception {
        HostFixture now = HostFixture.in(DATABASE);
        HostFixture.User user = withAddress(DATABASE, now.aLapsedUser(), "asha@example.com");
        RunOutcome first = PRODUCT.run();
        tell(PRODUCT, now.date());
        undo(first);
        tell(PRODUCT, now.date());
        PRODUCT.run();

        assertThat(tell(PRODUCT, now.date()).sent()).isZero();

        assertThat(SMTP.mails()).hasSize(2);
        assertThat(rows(DATABASE)).containsExactly(user.id() + " expired sent", user.id() + " reinstated sent");
    }

    @Test
    void whoKeepsAPartIsToldOfWhatNumberItIs() throws Exception {
        HostFixture now = HostFixture.in(DATABASE);
        HostFixture.User user = withAddress(DATABASE, now.aLapsedUser(), "asha@example.com");
        user.paid("starter", 10, now.cutoff().plusSeconds(1));
        PRODUCT.run();

        assertThat(tell(PRODUCT, now.date()).sent()).isOne();
        assertThat(SMTP.mails().get(0).getSubject()).startsWith("15 of your 25 credits expired on 1 ");
    }

    @Test
    void expiriesThatWereReversedBeforeTheMailAreNotTold() throws Exception {
        HostFixture now = HostFixture.in(DATABASE);
        withAddress(DATABASE, now.aLapsedUser(), "asha@example.com");
        PRODUCT.run();
        SMTP.away(true);
        tell(PRODUCT);
        SMTP.away(false);
        DATABASE.execute("""
                insert into credit_rollover_events (user_id, rollover_date, credits_before, credits_after, action, reason,
                                                    reason_code, run_id, credits_protected, reverses)
                select user_id, rollover_date, 0, 25, 'reinstatement', 'x', 'x', run_id, 0, id
                from credit_rollover_events
                """);

        assertThat(tell(PRODUCT).notNeeded()).isOne();
        assertThat(SMTP.mails()).isEmpty();
    }

    @Test
    void monthsBeforeTheChannelWasSwitchedOnAreToldOnlyByTheirDate() throws Exception {
        HostFixture now = HostFixture.in(DATABASE);
        withAddress(DATABASE, now.aLapsedUser(), "asha@example.com");
        PRODUCT.run();
        DATABASE.execute("truncate credit_rollover_notice_channels");

        assertThat(tell(PRODUCT).planned()).isZero();
        assertThat(tell(PRODUCT, now.date()).sent()).isOne();
    }

    @Test
    void fartherLeadsAndPastDatesAreSuperseded() throws Exception {
        HostFixture.User user = lapsed("asha@example.com");
        // Nobody delivers by webhook here, so no delivery looks at the date.
        for (String row :
                new String[] {"'P50D', date '" + host.date() + "', 'mail'", "'P1D', date '2026-01-01', 'webhook'"}) {
            DATABASE.execute("""
                    insert into credit_rollover_notices (user_id, kind, credits_before, credits_after, reason_code, lead,
                                                         rollover_date, channel)
                    values (%d, 'expiring', 25, 0, 'WINDOW_ELAPSED', %s)
                    """.formatted(user.id(), row));
        }

        assertThat(tell(PRODUCT).sent()).isOne();

        assertThat(rows(DATABASE))
                .containsExactly(
                        user.id() + " expiring P50D superseded",
                        user.id() + " expiring P1D superseded",
                        user.id() + " expiring P40D sent");
    }

    @Test
    void aDryRunCountsAndWritesNothing() throws Exception {
        lapsed("asha@example.com");

        NotifyOutcome told =
                PRODUCT.bean(NoticeService.class).notifyDue(new NotifyRequest(null, true, "a test", new StopSignal()));

        assertThat(told.planned()).isOne();
        assertThat(told.message()).contains("Nothing was sent");
        assertThat(rows(DATABASE)).isEmpty();
        assertThat(SMTP.tried()).isEmpty();
    }

    private static void undo(RunOutcome run) throws InterruptedException {
        RunOutcome undone = PRODUCT.undo(Objects.requireNonNull(run.run().executionId()));
        assertThat(undone.exitCode()).as(undone.sentence()).isEqualTo(ExitCode.OK);
    }

    /** As a call that is killed before its first mail. */
    private static long plan(HostFixture month) {
        return PRODUCT.bean(NoticePlanner.class).recorded("mail", month.date(), false, new StopSignal());
    }

    private static String messageId(MimeMessage mail) {
        try {
            return mail.getMessageID();
        } catch (jakarta.mail.MessagingException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private static String part(Part part, String type) throws Exception {
        if (part.isMimeType(type)) {
            return part.getContent().toString();
        }
        if (part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                String found = part(parts.getBodyPart(i), type);
                if (!found.isEmpty()) {
                    return found;
                }
            }
        }
        return "";
    }
}
