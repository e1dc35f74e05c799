package io.creditrollover.secondlook;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.Obstacles;
import io.creditrollover.ProductProcess;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.Cli;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * A second look as a process that is killed in the middle, again and again, while people spend and buy. With {@code -Pchaos}
 * twenty times, or {@code -Dchaos.rounds.look} times.
 */
class KilledSecondLookTest {
    private static final int KILLS = Integer.getInteger("chaos.rounds.look", Integer.getInteger("chaos.rounds", 20));
    private static final int STEP = 100;
    private static final Map<String, String> ENVIRONMENT = Map.of("ROLLOVER_CHUNK_SIZE", "10");

    private static final String GIVEN_BACK =
            "(select count(*) from credit_rollover_events where action = 'reinstatement')";

    private final TestDatabase database = TestDatabase.migrated();
    private final HostFixture host = HostFixture.in(database);
    private final Obstacles obstacles = Obstacles.in(database);
    private final long seed = LookedAtHost.SEED;
    private final Random random = new Random(seed);

    @Test
    void killedTwiceItGivesEachExpiryBackOnceToBalancesThatMovedMeanwhile() throws Exception {
        survives(2);
    }

    @Test
    @Tag("chaos")
    void killedManyTimesItGivesEachExpiryBackOnce() throws Exception {
        survives(KILLS);
    }

    /** Of five users three lose all they have; two of these three have paid, as the host learns after the run. */
    private void survives(int kills) throws Exception {
        int users = 400 + kills * STEP * 5 / 2;
        System.out.println("-Dsecondlook.seed=" + seed);
        host.manyUsers(users);
        Map<Long, Integer> expected = balances();
        Cli cli = Cli.on(database, "rollover.chunk-size=10");
        Cli.Result run = cli.run("run", "--approve", "a test", "--json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        balances().forEach((user, left) -> {
            if (user % 5 == 3) {
                expected.put(user, left); // nobody learns anything about these
            }
        });
        learnLate();
        spendAndBuy(expected);
        Cli.Result last;
        int changes;
        try (LiveChanges live = LiveChanges.start(database, List.copyOf(expected.keySet()), seed)) {
            for (int kill = 1; kill <= kills; kill++) {
                killWhenGivenBackTo((long) kill * STEP, expected.size());
            }
            last = cli.run("second-look", "--date", host.date().toString(), "--json");
            changes = live.addTo(expected);
        }

        System.out.printf("second look: seed %d, %d users, %d kills, %d live changes%n", seed, users, kills, changes);
        assertThat(last.exitCode()).as(last.out() + last.err()).isZero();
        assertThat(balances()).as("seed " + seed).isEqualTo(expected);
        assertEachExpiryIsGivenBackOnce(users * 2 / 5L);
        assertRunsAreClosed(kills, last.json());
        System.out.printf("campaign: kills=%d seeds=%d violations=0%n", kills, seed);
    }

    private void assertEachExpiryIsGivenBackOnce(long paid) {
        assertThat(database.count("select count(*) from credit_rollover_events e where action = 'expiry' and"
                        + " (select count(*) from credit_rollover_events r where r.reverses = e.id"
                        + " and r.credits_after - r.credits_before = e.credits_before - e.credits_after)"
                        + " <> case when e.user_id % 5 = 3 then 0 else 1 end"))
                .as("expiries that were not given back exactly once")
                .isZero();
        assertThat(database.count("select " + GIVEN_BACK)).isEqualTo(paid);
    }

    /** Each killed one was closed by the next, which started anew. */
    private void assertRunsAreClosed(int kills, JsonNode last) {
        Map<String, Long> statuses = new TreeMap<>();
        database.jdbc()
                .sql("select status, count(*) from credit_rollover_runs where mode = 'reinstate' group by status")
                .query(rs -> {
                    statuses.put(rs.getString(1), rs.getLong(2));
                });
        assertThat(statuses).isEqualTo(Map.of("STOPPED", (long) kills, "COMPLETED", 1L));
        assertThat(last.get("usersReinstated").asLong())
                .isEqualTo(database.count("select count(*) from credit_rollover_events where run_id = "
                        + last.get("runId").asLong()))
                .isPositive();
    }

    private void killWhenGivenBackTo(long count, int users) throws Exception {
        obstacles.slowChunks(Duration.ofMillis(100));
        try (ProductProcess process = ProductProcess.start(
                database, ENVIRONMENT, "second-look", "--date", host.date().toString(), "--json")) {
            obstacles.await("select " + GIVEN_BACK + " >= " + count);
            process.kill();
        }
        obstacles.awaitDeath();
        obstacles.clear();
        assertThat(database.count("select count(*) from credit_rollover_runs where mode = 'reinstate' "
                        + "and status = 'RUNNING'"))
                .isOne();
        assertThat(database.count("select " + GIVEN_BACK))
                .as("killed in the middle")
                .isLessThan(users * 2 / 5L);
    }

    private void learnLate() {
        database.jdbc()
                .sql("""
                        insert into payments (user_id, phone_number, plan_type, amount, credits_added, payment_status,
                                              created_at)
                        select u.id, u.phone_number, 'monthly', 29900, 50, 'paid', :at
                        from credit_rollover_events e join users u on u.id = e.user_id
                        where e.action = 'expiry' and u.id % 5 <> 3
                        """)
                .param("at", OffsetDateTime.ofInstant(host.inTheMonth().plus(Duration.ofDays(1)), ZoneOffset.UTC))
                .update();
    }

    /** One person after the other, as a host does, so that no two locks are held at once. */
    private void spendAndBuy(Map<Long, Integer> expected) throws SQLException {
        Map<Long, Integer> now = balances();
        try (Connection connection = database.open();
                PreparedStatement update =
                        connection.prepareStatement("update users set credits = credits + ? where id = ?")) {
            for (Map.Entry<Long, Integer> balance : now.entrySet()) {
                if (random.nextInt(4) > 0) {
                    continue;
                }
                int change = random.nextInt(50) - Math.min(balance.getValue(), random.nextInt(20));
                update.setInt(1, change);
                update.setLong(2, balance.getKey());
                update.executeUpdate();
                expected.merge(balance.getKey(), change, Integer::sum);
            }
        }
    }

    private Map<Long, Integer> balances() {
        Map<Long, Integer> balances = new TreeMap<>();
        database.jdbc().sql("select id, credits from users").query(rs -> {
            balances.put(rs.getLong(1), rs.getInt(2));
        });
        return balances;
    }
}
