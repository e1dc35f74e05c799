package io.creditrollover.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.cli.TestApplication;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.lease.StopSignal;
import io.creditrollover.notice.NoticeService;
import io.creditrollover.notice.NotifyOutcome;
import io.creditrollover.notice.NotifyRequest;
import io.creditrollover.webhook.Receiver.Script;
import java.time.Instant;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Users are told by a program of the host: once, and only what is still true. */
class NoticesByWebhookTest {
    private static final String[] NOTICES = {
        "rollover.notices.enabled=true", "rollover.notices.ahead=P40D", "rollover.notices.quiet="
    };
    private static final WebhookFixture FIXTURE = new WebhookFixture(Stream.concat(
                    Stream.of(NOTICES),
                    // Nothing listens there: users without an address need no mail server.
                    Stream.of(
                            "rollover.notices.mail.address=email", "spring.mail.host=localhost", "spring.mail.port=1"))
            .toArray(String[]::new));

    static {
        FIXTURE.database.execute("alter table users add email text");
    }

    private final Receiver receiver = FIXTURE.receiver;
    private final HostFixture host = FIXTURE.host.on(FIXTURE.host.date().plusMonths(1));

    @BeforeEach
    void begin() {
        FIXTURE.database.truncate("credit_rollover_notices", "credit_rollover_notice_runs");
        FIXTURE.reset();
    }

    @AfterAll
    static void end() {
        FIXTURE.close();
    }

    private static NotifyOutcome tell() throws InterruptedException {
        return tell(FIXTURE.product);
    }

    private static NotifyOutcome tell(TestApplication product) throws InterruptedException {
        return product.bean(NoticeService.class).notifyDue(new NotifyRequest(null, false, "a test", new StopSignal()));
    }

    private static void renews(HostFixture.User user) {
        user.paid("monthly", 10, Instant.now().minusSeconds(1));
    }

    /** Rows of the channel as {@code user kind status}. */
    private static List<String> rows() {
        return FIXTURE.database.jdbc().sql("""
                        select concat_ws(' ', user_id, kind, status) from credit_rollover_notices
                        where channel = 'webhook' order by user_id, id
                        """).query(String.class).list();
    }

    private static Stream<JsonNode> notices(Receiver.Received message) {
        return StreamSupport.stream(message.json().path("data").path("notices").spliterator(), false);
    }

    private static List<Long> users(List<Receiver.Received> messages) {
        return messages.stream()
                .flatMap(NoticesByWebhookTest::notices)
                .map(notice -> notice.path("userId").asLong())
                .toList();
    }

    @Test
    void aUserWithoutAnAddressIsToldOnce() throws Exception {
        HostFixture.User lapsed = host.aLapsedUser();
        HostFixture.User never = host.aUserWhoNeverPaid();
        renews(host.aUser(40));

        NotifyOutcome told = tell();
        NotifyOutcome again = tell();

        assertThat(told.exitCode()).as(told.message()).isEqualTo(ExitCode.OK);
        assertThat(told.sent()).isEqualTo(2);
        assertThat(again.planned() + again.sent() + again.failed()).isZero();
        assertThat(FIXTURE.deliver().sent()).isZero();
        assertThat(receiver.all()).hasSize(1);
        List<Long> ids = FIXTURE.database.jdbc().sql("""
                select id from credit_rollover_notices where channel = 'webhook' and accepted_at is not null order by id
                """).query(Long.class).list();
        assertThat(receiver.all().get(0).type()).isEqualTo("rollover.notices");
        assertThat(receiver.all().get(0).json().path("data").toString())
                .isEqualTo("""
                {"rolloverDate":"%s","notices":[{"noticeId":%d,"userId":%d,"kind":"expiring","lead":"P40D",\
                "creditsBefore":25,"creditsAfter":0,"action":"expiry","reasonCode":"WINDOW_ELAPSED"},\
                {"noticeId":%d,"userId":%d,"kind":"expiring","lead":"P40D","creditsBefore":10,"creditsAfter":0,\
                "action":"expiry","reasonCode":"NO_PAYMENT"}]}""".formatted(host.date(), ids.get(0), lapsed.id(), ids.get(1), never.id()));
    }

    @Test
    void whoRenewsBeforeTheNextAttemptIsNotInItAndTheOthersKeepTheirNoticeIds() throws Exception {
        HostFixture.User renewing = host.aLapsedUser();
        HostFixture.User lapsed = host.aLapsedUser();
        receiver.next(Script.FAIL, Script.CLOSE, Script.FAIL);

        NotifyOutcome unsent = tell();

        assertThat(unsent.exitCode()).isEqualTo(ExitCode.RETRY);
        assertThat(unsent.failed()).isEqualTo(2);
        assertThat(unsent.message()).contains("The webhook crm did not accept a message: it answered 500");
        assertThat(receiver.all()).hasSize(3);
        assertThat(receiver.all().stream().map(Receiver.Received::id).distinct())
                .as("while nothing changes")
                .hasSize(1);
        assertThat(receiver.all().stream().map(Receiver.Received::body).distinct())
                .hasSize(1);

        renews(renewing);
        assertThat(FIXTURE.deliver().sent()).isOne();

        Receiver.Received first = receiver.all().get(0);
        Receiver.Received last = receiver.accepted().get(0);
        assertThat(users(receiver.accepted())).containsExactly(lapsed.id());
        assertThat(last.id()).isNotEqualTo(first.id());
        assertThat(notices(first).toList()).containsAll(notices(last).toList());
        assertThat(rows()).containsExactly(renewing.id() + " expiring not-needed", lapsed.id() + " expiring sent");
    }

    @Test
    void whoRenewsWhileAnotherMessageIsInFrontIsNotTold() throws Exception {
        FIXTURE.host.aLapsedUser();
        FIXTURE.product.run();
        HostFixture.User renewing = host.aLapsedUser();
        receiver.next(Script.FAIL, Script.FAIL, Script.FAIL);
        tell();
        assertThat(receiver.all()).extracting(Receiver.Received::type).containsOnly("rollover.run.completed");

        renews(renewing);
        FIXTURE.deliver();

        assertThat(users(receiver.accepted())).doesNotContain(renewing.id());
        assertThat(rows()).contains(renewing.id() + " expiring not-needed");
    }

    @Test
    void whoLapsesAgainIsToldUnderTheSameNoticeId() throws Exception {
        HostFixture.User user = host.aLapsedUser();
        receiver.next(Script.FAIL, Script.FAIL, Script.FAIL);
        tell();
        renews(user);
        FIXTURE.deliver();
        assertThat(receiver.accepted()).isEmpty();

        FIXTURE.database.execute("delete from payments where created_at > now() - interval '1 day'");
        assertThat(tell().sent()).isOne();

        assertThat(receiver.all().stream()
                        .flatMap(NoticesByWebhookTest::notices)
                        .distinct())
                .hasSize(1);
        assertThat(users(receiver.accepted())).containsExactly(user.id());
    }

    @Test
    void aReceiverThatIsOffNeedsAPersonAndThenGetsEverything() throws Exception {
        HostFixture.User user = host.aLapsedUser();
        receiver.next(Script.GONE);

        NotifyOutcome off = tell();

        assertThat(off.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(off.message()).contains("it answered 410. It is switched off");
        assertThat(receiver.all()).as("no further attempt").hasSize(1);
        assertThat(rows()).containsExactly(user.id() + " expiring planned");

        FIXTURE.product.bean(WebhookOperations.class).switchOn("crm");
        assertThat(tell().sent()).isOne();
        assertThat(users(receiver.accepted())).containsExactly(user.id());
    }

    @Test
    void aLongPauseThatTheReceiverAsksForIsNotCutShort() throws Exception {
        HostFixture.User user = host.aLapsedUser();
        receiver.next(Script.TOO_MANY);

        assertThat(tell().exitCode()).isEqualTo(ExitCode.RETRY);
        assertThat(receiver.all()).hasSize(1);

        FIXTURE.makeDue();
        assertThat(tell().sent()).isOne();
        assertThat(users(receiver.accepted())).containsExactly(user.id());
        assertThat(receiver.all().stream().map(Receiver.Received::id).distinct())
                .hasSize(1);
    }

    @Test
    void aShortPauseThatTheReceiverAsksForIsWaitedFor() throws Exception {
        host.aLapsedUser();
        receiver.next(Script.TOO_MANY_FOR_NOW);

        assertThat(tell().sent()).isOne();
        assertThat(receiver.all()).hasSize(2);
    }

    @Test
    void aPendingPaymentDelaysTheNoticeToALaterCall() throws Exception {
        HostFixture.User user = host.aLapsedUser();
        receiver.next(Script.FAIL, Script.FAIL, Script.FAIL);
        tell();
        user.pending("monthly", 50, Instant.now().minusSeconds(5));
        FIXTURE.deliver();
        assertThat(tell().waiting()).isOne();
        assertThat(receiver.accepted()).isEmpty();

        FIXTURE.database.execute("update payments set payment_status = 'failed' where payment_status = 'pending'");
        assertThat(tell().sent()).isOne();
        assertThat(users(receiver.accepted())).containsExactly(user.id());
    }

    @Test
    void nothingIsAnnouncedAfterTheCutOff() throws Exception {
        HostFixture.User user = host.aLapsedUser();
        receiver.next(Script.FAIL, Script.FAIL, Script.FAIL);
        tell();

        FIXTURE.database.execute("update credit_rollover_notices set rollover_date = date '2026-01-01'");
        FIXTURE.deliver();

        assertThat(receiver.accepted()).isEmpty();
        assertThat(rows()).containsExactly(user.id() + " expiring superseded");
    }

    @Test
    void expiriesAreToldAfterTheDecisionsOfTheRunThatMadeThem() throws Exception {
        HostFixture.User user = FIXTURE.host.aLapsedUser();
        FIXTURE.product.run();

        assertThat(tell().sent()).isOne();

        assertThat(receiver.acceptedTypes())
                .containsExactly("rollover.run.completed", "rollover.decisions", "rollover.notices");
        JsonNode notice = notices(receiver.accepted().get(2)).findFirst().orElseThrow();
        assertThat(notice.path("kind").asString()).isEqualTo("expired");
        assertThat(notice.path("lead").asString()).isEmpty();
        assertThat(notice.path("userId").asLong()).isEqualTo(user.id());
    }

    @Test
    void anEndpointThatIsNewAfterAFailureGetsWhatTheOldOneDidNot() throws Exception {
        HostFixture.User user = host.aLapsedUser();
        receiver.next(Script.FAIL, Script.FAIL, Script.FAIL);
        tell();

        FIXTURE.database.execute("delete from credit_rollover_webhooks");
        assertThat(tell().sent()).isOne();

        assertThat(users(receiver.accepted())).containsExactly(user.id());
    }

    @Test
    void ofTwoEndpointsOneIsEnoughAndTheOtherFollowsOnce() throws Exception {
        HostFixture.User renewing = host.aLapsedUser();
        HostFixture.User lapsed = host.aLapsedUser();
        try (TestApplication two = TestApplication.on(FIXTURE.database, withSms("rollover.notices.quiet="));
                TestApplication quiet =
                        TestApplication.on(FIXTURE.database, withSms("rollover.notices.quiet=" + hoursAroundNow()))) {
            two.bean(WebhookDispatcher.class).deliverDue(new StopSignal());
            receiver.next(Script.FAIL);
            assertThat(tell(two).sent()).isEqualTo(2);
            String failed = receiver.all().get(0).path();
            assertThat(receiver.accepted())
                    .extracting(Receiver.Received::path)
                    .hasSize(1)
                    .doesNotContain(failed);

            renews(renewing);
            FIXTURE.makeDue();
            two.bean(WebhookDispatcher.class).deliverDue(new StopSignal());
            assertThat(tell(two).sent()).isZero();
            List<Receiver.Received> late = receiver.accepted().subList(1, 2);
            assertThat(late).extracting(Receiver.Received::path).containsExactly(failed);
            assertThat(users(late)).containsExactly(lapsed.id());

            HostFixture.User another = host.aLapsedUser();
            receiver.next(Stream.generate(() -> Script.FAIL).limit(6).toArray(Script[]::new));
            tell(two);
            int tried = receiver.all().size();
            FIXTURE.makeDue();
            quiet.bean(WebhookDispatcher.class).deliverDue(new StopSignal());
            assertThat(receiver.all()).as("in quiet hours").hasSize(tried);

            assertThat(tell(two).sent()).isOne();
            assertThat(users(receiver.accepted().subList(2, 4))).containsExactly(another.id(), another.id());
            assertThat(receiver.accepted()).hasSize(4);
        }
    }

    @Test
    void anEndpointThatIsBehindWhenQuietHoursBeginGetsWhatIsStillTrueAfterThem() throws Exception {
        HostFixture.User renewing = host.aLapsedUser();
        HostFixture.User lapsed = host.aLapsedUser();
        String all = "rollover.webhooks.sms.types=";
        try (TestApplication day = TestApplication.on(FIXTURE.database, withSms("rollover.notices.quiet=", all));
                TestApplication night = TestApplication.on(
                        FIXTURE.database, withSms("rollover.notices.quiet=" + hoursAroundNow(), all))) {
            day.bean(WebhookDispatcher.class).deliverDue(new StopSignal());
            receiver.next(Script.FAIL);
            assertThat(tell(day).sent()).isEqualTo(2);
            String behind = receiver.all().get(0).path();
            for (int run = 0; run < 2; run++) {
                aRunEnds();
                FIXTURE.makeDue();
                night.bean(WebhookDispatcher.class).deliverDue(new StopSignal());
            }
            assertThat(acceptedAt(behind))
                    .extracting(Receiver.Received::type)
                    .containsExactly("rollover.run.completed", "rollover.run.completed");

            renews(renewing);
            FIXTURE.makeDue();
            day.bean(WebhookDispatcher.class).deliverDue(new StopSignal());
            tell(day);

            assertThat(users(acceptedAt(behind))).as(behind).containsExactly(lapsed.id());
            assertThat(users(receiver.accepted())).as("both").containsExactly(renewing.id(), lapsed.id(), lapsed.id());
        }
    }

    private static void aRunEnds() {
        FIXTURE.database.execute("""
                insert into credit_rollover_feed (position, type, rollover_date, details)
                select max(position) + 1, 'rollover.run.completed', date '2026-01-01', '{}' from credit_rollover_feed
                """);
    }

    private List<Receiver.Received> acceptedAt(String path) {
        return receiver.accepted().stream()
                .filter(message -> message.path().equals(path))
                .toList();
    }

    private static String hoursAroundNow() {
        LocalTime now = LocalTime.now(HostFixture.BUSINESS_ZONE).truncatedTo(ChronoUnit.MINUTES);
        return now.minusHours(1) + "-" + now.plusHours(1);
    }

    private static String[] withSms(String quiet) {
        return withSms(quiet, "rollover.webhooks.sms.types=rollover.notices");
    }

    private static String[] withSms(String quiet, String types) {
        return Stream.of(
                        Stream.of(FIXTURE.crm()),
                        Stream.of(NOTICES),
                        Stream.of(
                                quiet,
                                "rollover.webhooks.sms.url=" + FIXTURE.receiver.url() + "/sms",
                                "rollover.webhooks.sms.secret=" + WebhookFixture.NEW_SECRET,
                                types))
                .flatMap(settings -> settings)
                .toArray(String[]::new);
    }
}
