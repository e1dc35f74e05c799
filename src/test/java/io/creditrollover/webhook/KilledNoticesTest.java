package io.creditrollover.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.Obstacles;
import io.creditrollover.ProductProcess;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Killed while it hands notices over to a webhook, {@code notify} leaves no user out, and tells none who has renewed. */
class KilledNoticesTest {
    private static final int USERS = 250;

    @Test
    void usersAreToldAfterAKillUnderTheSameNoticeId() throws Exception {
        survive(2);
    }

    @Test
    @Tag("chaos")
    void manyKillsLeaveNoUserOutAndTellNoneWhoHasRenewed() throws Exception {
        survive(Integer.getInteger("chaos.rounds.notices", Integer.getInteger("chaos.rounds", 50)));
    }

    /** Before each kill but the first there are new users, so that there is something to send. */
    private static void survive(int kills) throws Exception {
        long seed = Long.getLong("chaos.seed", System.nanoTime());
        System.out.println("chaos.seed = " + seed);
        Random random = new Random(seed);
        try (WebhookFixture fixture = new WebhookFixture()) {
            HostFixture host = fixture.host.on(fixture.host.date().plusMonths(1));
            Map<Long, HostFixture.User> lapsed = new TreeMap<>();
            Map<Long, Integer> requestsAtRenewal = new HashMap<>();
            addUsers(host, USERS, lapsed);
            for (int kill = 0; kill < kills; kill++) {
                kill(fixture, kill, random);
                for (int i = 0; i < 5; i++) {
                    long renewing = List.copyOf(lapsed.keySet()).get(random.nextInt(lapsed.size()));
                    lapsed.remove(renewing).paid("monthly", 50, Instant.now().minusMillis(1));
                    requestsAtRenewal.put(renewing, fixture.receiver.all().size());
                }
                addUsers(host, 30, lapsed);
            }
            fixture.makeDue();
            try (ProductProcess last = ProductProcess.start(fixture.database, environment(fixture), "notify")) {
                assertThat(last.await()).as(last.err()).isZero();
            }
            assertEachToldRightly(fixture, lapsed.keySet(), requestsAtRenewal, "seed " + seed);
        }
    }

    private static Map<String, String> environment(WebhookFixture fixture) {
        Map<String, String> environment = new HashMap<>(fixture.environment());
        environment.put("ROLLOVER_NOTICES_ENABLED", "true");
        environment.put("ROLLOVER_NOTICES_AHEAD", "P40D");
        environment.put("ROLLOVER_NOTICES_QUIET", "");
        return environment;
    }

    private static void addUsers(HostFixture host, int count, Map<Long, HostFixture.User> lapsed) {
        for (int i = 0; i < count; i++) {
            HostFixture.User user = host.aLapsedUser();
            lapsed.put(user.id(), user);
        }
    }

    /** While a request is held, when it has just been answered, or some messages later. */
    private static void kill(WebhookFixture fixture, int kill, Random random) throws Exception {
        fixture.makeDue();
        fixture.receiver.forgetArrivals();
        fixture.receiver.next(Receiver.Script.HOLD);
        try (ProductProcess process = ProductProcess.start(fixture.database, environment(fixture), "notify")) {
            assertThat(fixture.receiver.awaitRequest(process::isAlive))
                    .as(process.err())
                    .isTrue();
            if (kill % 3 > 0) {
                fixture.receiver.letGo();
                LockSupport.parkNanos(random.nextInt(kill % 3 == 1 ? 5_000_000 : 100_000_000));
            }
            process.kill();
            if (kill % 3 == 0) {
                fixture.receiver.letGo();
            }
        }
        fixture.database.execute("update credit_rollover_leases set expires_at = '-infinity'");
        Obstacles.in(fixture.database)
                .await("select count(*) = 0 from pg_stat_activity where application_name = 'credit-rollover'"
                        + " and datname = current_database() and state <> 'idle'");
    }

    private static void assertEachToldRightly(
            WebhookFixture fixture, Set<Long> lapsed, Map<Long, Integer> requestsAtRenewal, String seed) {
        Map<String, String> bodies = new HashMap<>();
        Map<Long, Set<Long>> noticeIds = new HashMap<>();
        Set<Long> told = new HashSet<>();
        List<Receiver.Received> all = fixture.receiver.all();
        for (int i = 0; i < all.size(); i++) {
            Receiver.Received request = all.get(i);
            assertThat(bodies.getOrDefault(request.id(), request.body()))
                    .as(seed)
                    .isEqualTo(request.body());
            bodies.put(request.id(), request.body());
            List<Long> late = new ArrayList<>();
            for (var notice : request.json().path("data").path("notices")) {
                long user = notice.path("userId").asLong();
                noticeIds
                        .computeIfAbsent(user, id -> new HashSet<>())
                        .add(notice.path("noticeId").asLong());
                if (request.accepted()) {
                    told.add(user);
                }
                if (requestsAtRenewal.getOrDefault(user, Integer.MAX_VALUE) <= i) {
                    late.add(user);
                }
            }
            assertThat(late)
                    .as("%s, request %d: told after the renewal", seed, i)
                    .isEmpty();
        }
        assertThat(told).as(seed).containsAll(lapsed);
        assertThat(noticeIds.values()).as(seed).allSatisfy(ids -> assertThat(ids)
                .hasSize(1));
        assertThat(fixture.database.count("select count(*) from credit_rollover_notices where status = 'planned'"))
                .as(seed)
                .isZero();
    }
}
