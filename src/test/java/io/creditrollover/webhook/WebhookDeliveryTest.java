package io.creditrollover.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.Obstacles;
import io.creditrollover.lease.StopSignal;
import io.creditrollover.run.Progress;
import io.creditrollover.run.RunOutcome;
import io.creditrollover.run.RunStatus;
import io.creditrollover.run.UndoRequest;
import io.creditrollover.run.UndoService;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever a receiver does, what it accepted in the end is what the events say, in their order. */
class WebhookDeliveryTest {
    private static final WebhookFixture FIXTURE = new WebhookFixture("rollover.chunk-size=50", "rollover.threads=1");

    private final Receiver receiver = FIXTURE.receiver;

    @BeforeEach
    void begin() {
        FIXTURE.reset();
    }

    @AfterAll
    static void end() {
        FIXTURE.close();
    }

    @Test
    void aCompletedRunIsToldAndItsDecisionsFollowInSmallBatches() throws Exception {
        FIXTURE.host.manyUsers(400);
        RunOutcome run = FIXTURE.product.run();

        WebhookDispatcher.Round round = FIXTURE.deliver();

        assertThat(round.notDelivered()).isEmpty();
        assertThat(receiver.acceptedTypes()).startsWith("rollover.run.completed", "rollover.decisions");
        assertThat(receiver.acceptedEventIds()).containsExactlyElementsOf(FIXTURE.eventIds("true"));
        assertThat(receiver.accepted()).hasSizeGreaterThan(3).allSatisfy(message -> assertThat(
                        message.body().getBytes(StandardCharsets.UTF_8).length)
                .isLessThanOrEqualTo(20_000));
        var told = receiver.accepted().get(0).json().path("data");
        assertThat(told.path("executionId").asLong())
                .isEqualTo(Objects.requireNonNull(run.run().executionId()));
        assertThat(told.path("usersProcessed").asLong()).isEqualTo(400);
        assertThat(told.path("rolloverDate").asString())
                .isEqualTo(FIXTURE.host.date().toString());
        assertThat(FIXTURE.deliver().sent()).as("once").isZero();
    }

    @Test
    void aBatchIsThinAndHasNoPhoneNumber() throws Exception {
        HostFixture.User lapsed = FIXTURE.host.aLapsedUser();
        RunOutcome run = FIXTURE.product.run();

        FIXTURE.deliver();

        Receiver.Received batch = receiver.accepted().get(1);
        assertThat(batch.body()).doesNotContain(lapsed.phone().substring(1));
        assertThat(batch.json().path("data").toString()).isEqualTo("""
                {"executionId":%d,"rolloverDate":"%s","events":[{"eventId":%d,"userId":%d,"creditsBefore":25,\
                "creditsAfter":0,"action":"expiry","reasonCode":"WINDOW_ELAPSED"}]}""".formatted(
                        Objects.requireNonNull(run.run().executionId()),
                        FIXTURE.host.date(),
                        FIXTURE.eventIds("true").get(0),
                        lapsed.id()));
    }

    @ParameterizedTest
    @EnumSource(
            value = Receiver.Script.class,
            names = {"REDIRECT", "TOO_MANY", "FAIL", "CLOSE"})
    void aReceiverThatDoesNotAcceptGetsTheSameMessageLaterAndNothingElseBefore(Receiver.Script fault) throws Exception {
        FIXTURE.host.manyUsers(400);
        FIXTURE.product.run();
        receiver.next(Receiver.Script.ACCEPT, Receiver.Script.ACCEPT, fault);

        WebhookDispatcher.Round failed = FIXTURE.deliver();
        int requests = receiver.all().size();
        assertThat(failed.sent()).isEqualTo(2);
        assertThat(failed.notDelivered()).singleElement().asString().contains("crm", "The next attempt is at");
        assertThat(FIXTURE.dispatcher().deliverDue(new StopSignal()).sent())
                .as("before the waiting time is over")
                .isZero();
        assertThat(receiver.all()).hasSize(requests);

        assertThat(FIXTURE.deliver().notDelivered()).isEmpty();
        assertThat(receiver.acceptedEventIds()).containsExactlyElementsOf(FIXTURE.eventIds("true"));
        List<Receiver.Received> all = receiver.all();
        assertThat(all.get(requests).id()).isEqualTo(all.get(requests - 1).id());
        assertThat(all.get(requests).body()).isEqualTo(all.get(requests - 1).body());
        assertThat(all).allSatisfy(request -> assertThat(request.path()).isEqualTo("/hook"));
    }

    @Test
    void aRateLimitIsWaitedForAndIsNoFailure() throws Exception {
        FIXTURE.host.aLapsedUser();
        FIXTURE.product.run();
        receiver.next(Receiver.Script.TOO_MANY);

        FIXTURE.deliver();

        assertThat(FIXTURE.database.count("""
                select count(*) from credit_rollover_webhooks
                where attempts = 0 and last_error = 'it answered 429'
                  and next_attempt_at between clock_timestamp() + interval '40 seconds'
                                          and clock_timestamp() + interval '80 seconds'
                """)).isOne();
    }

    @Test
    void anAnswerWithoutEndIsNotReadToItsEnd() throws Exception {
        FIXTURE.host.aLapsedUser();
        FIXTURE.product.run();
        receiver.next(Receiver.Script.ENDLESS_BODY);

        assertThat(FIXTURE.deliver().sent()).isEqualTo(2);
    }

    @Test
    void anEndpointThatIsGoneIsSwitchedOffAndGetsEverythingOnceItIsOnAgain() throws Exception {
        FIXTURE.host.aLapsedUser();
        FIXTURE.product.run();
        receiver.next(Receiver.Script.GONE);

        assertThat(FIXTURE.deliver().notDelivered()).singleElement().asString().contains("switched off");
        FIXTURE.deliver();
        assertThat(receiver.all()).hasSize(1);

        FIXTURE.product.bean(WebhookOperations.class).switchOn("crm");
        FIXTURE.deliver();
        assertThat(receiver.acceptedEventIds()).containsExactlyElementsOf(FIXTURE.eventIds("true"));
    }

    @Test
    void decisionsOfARunThatFailedAreToldOnceItHasEndedAndNoneIsMissing() throws Exception {
        FIXTURE.host.manyUsers(400);
        Obstacles obstacles = Obstacles.in(FIXTURE.database);
        obstacles.refuseEventOf(FIXTURE.database.count("select id from users order by id desc limit 1 offset 30"));
        RunOutcome failed = FIXTURE.product.run();
        assertThat(failed.run().status()).isEqualTo(RunStatus.FAILED);
        assertThat(FIXTURE.eventIds("true")).isNotEmpty();

        FIXTURE.deliver();
        assertThat(receiver.acceptedTypes()).containsExactly("rollover.run.failed");

        obstacles.clear();
        FIXTURE.product.restart(Objects.requireNonNull(failed.run().executionId()));
        FIXTURE.deliver();
        assertThat(receiver.acceptedEventIds()).containsExactlyElementsOf(FIXTURE.eventIds("true"));
    }

    @Test
    void aRunUndoneBeforeItCompletedTellsItsDecisionsBeforeItsReversals() throws Exception {
        FIXTURE.host.manyUsers(400);
        Obstacles obstacles = Obstacles.in(FIXTURE.database);
        obstacles.refuseEventOf(FIXTURE.database.count("select id from users order by id desc limit 1 offset 30"));
        long execution = Objects.requireNonNull(FIXTURE.product.run().run().executionId());
        obstacles.clear();
        long loser = FIXTURE.database.count("select min(user_id) from credit_rollover_events where action = 'expiry'");

        undo(execution, UndoRequest.Scope.user(String.valueOf(loser)));
        FIXTURE.deliver();
        assertThat(receiver.acceptedTypes())
                .as("one user's reversal waits for the decisions")
                .containsExactly("rollover.run.failed");

        undo(execution, UndoRequest.Scope.everybody());
        FIXTURE.deliver();
        List<Long> decisions = FIXTURE.eventIds("action in ('rollover', 'expiry')");
        List<Long> reversals = FIXTURE.eventIds("action = 'reversal'");
        assertThat(reversals).hasSizeGreaterThan(1);
        assertThat(receiver.acceptedEventIds())
                .containsExactlyElementsOf(
                        Stream.concat(decisions.stream(), reversals.stream()).toList());
        assertThat(Set.copyOf(receiver.acceptedTypes())).contains("rollover.run.undone", "rollover.reinstatements");
    }

    @Test
    void aCompletedRunThatIsUndoneIsToldInTheOrderOfTheEnds() throws Exception {
        FIXTURE.host.aLapsedUser();
        FIXTURE.host.aPayingUser();
        RunOutcome run = FIXTURE.product.run();
        undo(Objects.requireNonNull(run.run().executionId()), UndoRequest.Scope.everybody());
        FIXTURE.product.run();

        FIXTURE.deliver();

        assertThat(receiver.acceptedTypes())
                .containsExactly(
                        "rollover.run.completed",
                        "rollover.decisions",
                        "rollover.reinstatements",
                        "rollover.run.undone",
                        "rollover.run.completed",
                        "rollover.decisions");
        assertThat(receiver.acceptedEventIds()).containsExactlyElementsOf(FIXTURE.eventIds("true"));
        assertThat(receiver.accepted().get(2).json().path("data").path("reinstatements"))
                .hasSize(1);
    }

    @Test
    void aReplayTellsEverythingAgainInMessagesOfTheirOwn() throws Exception {
        FIXTURE.host.aLapsedUser();
        FIXTURE.product.run();
        FIXTURE.deliver();
        Set<String> before =
                receiver.accepted().stream().map(Receiver.Received::id).collect(Collectors.toSet());
        WebhookOperations desk = FIXTURE.product.bean(WebhookOperations.class);

        desk.replay("crm", desk.before(FIXTURE.host.date()).orElseThrow());
        FIXTURE.deliver();

        assertThat(receiver.acceptedTypes()).hasSize(4);
        assertThat(receiver.acceptedEventIds()).hasSize(2);
        assertThat(receiver.accepted().subList(2, 4)).noneMatch(message -> before.contains(message.id()));
    }

    @Test
    void anEndpointThatIsNewGetsTheNextEndAndNotTheHistory() throws Exception {
        FIXTURE.host.aLapsedUser();
        RunOutcome run = FIXTURE.product.run();
        FIXTURE.database.execute("delete from credit_rollover_webhooks");

        undo(Objects.requireNonNull(run.run().executionId()), UndoRequest.Scope.everybody());
        FIXTURE.deliver();

        assertThat(receiver.acceptedTypes()).containsExactly("rollover.reinstatements", "rollover.run.undone");
    }

    private static void undo(long execution, UndoRequest.Scope scope) throws InterruptedException {
        FIXTURE.product
                .bean(UndoService.class)
                .undo(new UndoRequest(
                        execution, "a test", false, scope, false, "a test", new StopSignal(), Progress.SILENT));
    }
}
