package io.creditrollover.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.Obstacles;
import io.creditrollover.ProductProcess;
import io.creditrollover.lease.StopSignal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A process that dies while it sends: what comes again is the same message, and nothing is missing. */
class KilledDeliveryTest {
    private static final int USERS = 1_000;

    @Test
    void aMessageThatComesAgainAfterAKillHasTheSameIdAndContent() throws Exception {
        try (WebhookFixture fixture = new WebhookFixture()) {
            fixture.host.manyUsers(USERS);
            fixture.product.run();
            killAt(fixture, 2, false, 0);
            killAt(fixture, 2, true, 0);

            assertCompleteAndTheSame(fixture, "");
            assertThat(fixture.receiver.all().size())
                    .as("the killed ones came again")
                    .isGreaterThan(fixture.receiver.all().stream()
                            .map(Receiver.Received::id)
                            .collect(Collectors.toSet())
                            .size());
        }
    }

    @Test
    @Tag("chaos")
    void fiftyKillsAtRandomMomentsLoseNothing() throws Exception {
        long seed = Long.getLong("chaos.seed", 20_261_126L);
        Random random = new Random(seed);
        try (WebhookFixture fixture = new WebhookFixture()) {
            fixture.host.manyUsers(100 * USERS);
            fixture.product.run();
            for (int kill = 0; kill < 50; kill++) {
                killAt(fixture, 1 + random.nextInt(5), random.nextBoolean(), random.nextInt(20_000_000));
            }
            assertCompleteAndTheSame(fixture, "seed " + seed);
            System.out.printf("campaign: kills=50 seeds=%d violations=0%n", seed);
        }
    }

    @Test
    void ofTwoProcessesOneSendsAtATime() throws Exception {
        try (WebhookFixture fixture = new WebhookFixture();
                WebhookFixture.Second second = fixture.second()) {
            fixture.host.manyUsers(USERS);
            fixture.product.run();
            fixture.receiver.forgetArrivals();
            fixture.receiver.next(Receiver.Script.HOLD);
            FutureTask<Integer> first = new FutureTask<>(
                    () -> fixture.dispatcher().deliverDue(new StopSignal()).sent());
            new Thread(first, "first").start();
            fixture.receiver.awaitRequest();

            assertThat(second.dispatcher().deliverDue(new StopSignal()).sent())
                    .as("while the first has the claim")
                    .isZero();
            assertThat(fixture.receiver.all()).hasSize(1);

            fixture.receiver.letGo();
            assertThat(first.get()).isEqualTo(fixture.receiver.all().size());
            assertThat(fixture.receiver.acceptedEventIds()).containsExactlyElementsOf(fixture.eventIds("true"));
        }
    }

    /**
     * Starts a command that delivers at its end, and kills it while the receiver holds a request, or when it has just
     * answered.
     */
    private static void killAt(WebhookFixture fixture, int request, boolean answered, long nanosLater)
            throws Exception {
        fixture.makeDue();
        fixture.receiver.forgetArrivals();
        for (int i = 1; i < request; i++) {
            fixture.receiver.next(Receiver.Script.ACCEPT);
        }
        fixture.receiver.next(Receiver.Script.HOLD);
        try (ProductProcess process = ProductProcess.start(fixture.database, fixture.environment(), "status")) {
            for (int i = 0; i < request; i++) {
                fixture.receiver.awaitRequest();
            }
            if (answered) {
                fixture.receiver.letGo();
                LockSupport.parkNanos(nanosLater);
            }
            process.kill();
            if (!answered) {
                fixture.receiver.letGo();
            }
        }
        Obstacles.in(fixture.database)
                .await("select count(*) = 0 from pg_stat_activity where application_name = 'credit-rollover'"
                        + " and datname = current_database() and state <> 'idle'");
    }

    private static void assertCompleteAndTheSame(WebhookFixture fixture, String seed) {
        assertThat(fixture.deliver().notDelivered()).as(seed).isEmpty();
        Map<String, String> contents = new HashMap<>();
        List<Receiver.Received> first = new ArrayList<>();
        for (Receiver.Received request : fixture.receiver.all()) {
            String before = contents.putIfAbsent(request.id(), request.body());
            if (before == null) {
                first.add(request);
            } else {
                assertThat(request.body())
                        .as("%s, message %s", seed, request.id())
                        .isEqualTo(before);
            }
        }
        List<Long> events = first.stream()
                .map(Receiver.Received::eventIds)
                .flatMap(List::stream)
                .toList();
        assertThat(events)
                .as("%s: each event in one message, in their order", seed)
                .isEqualTo(fixture.eventIds("true"));
    }
}
