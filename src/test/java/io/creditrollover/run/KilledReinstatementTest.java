package io.creditrollover.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.Obstacles;
import io.creditrollover.ProductProcess;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.TestApplication;
import io.creditrollover.exit.ExitCode;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A second look as a process that is killed in the middle; the next one starts anew, and an undo adds the rest. */
class KilledReinstatementTest {
    private static final int USERS = 500;
    private static final String GIVEN_BACK =
            "select count(*) from credit_rollover_events where action = 'reinstatement'";

    private final TestDatabase database = TestDatabase.migrated();
    private final Obstacles obstacles = Obstacles.in(database);

    @Test
    void everyExpiryIsReinstatedOnceToBalancesThatMovedMeanwhile() throws Exception {
        HostFixture host = HostFixture.in(database).manyUsers(USERS);
        Map<Long, Integer> expected = balances();
        try (TestApplication product = product()) {
            LookFixture month = new LookFixture(database, product);
            long run = month.run();
            everybodyElsePaidInTheMonth(host);
            spendAndBuy(expected);
            killWhenReinstated(30);
            spendAndBuy(expected);

            SecondLookOutcome finished = month.look();

            assertThat(finished.exitCode()).as(finished.sentence()).isEqualTo(ExitCode.OK);
            assertThat(database.jdbc()
                            .sql("select status from credit_rollover_runs where mode = 'reinstate' order by id")
                            .query(String.class)
                            .list())
                    .as("the dead one is closed, the next is another")
                    .containsExactly("STOPPED", "COMPLETED");
            long payers = database.count("""
                    select count(*) from credit_rollover_events e join payments p on p.user_id = e.user_id
                    where e.action = 'expiry' and p.plan_type = 'monthly' and p.credits_added = 77
                    """);
            assertThat(database.count(GIVEN_BACK)).isEqualTo(payers).isGreaterThan(120);
            assertThat(database.count("select count(distinct reverses) from credit_rollover_events"
                            + " where action = 'reinstatement'"))
                    .isEqualTo(payers);

            month.undo(run, null);
            assertThat(balances()).isEqualTo(expected);
        }
    }

    /** Of those whose credits expired, every second one. */
    private void everybodyElsePaidInTheMonth(HostFixture host) {
        database.jdbc()
                .sql("""
                        insert into payments (user_id, phone_number, plan_type, amount, credits_added, payment_status,
                                              created_at)
                        select user_id, phone_number, 'monthly', 29900, 77, 'paid', :at
                        from credit_rollover_events where action = 'expiry' and user_id % 2 = 0
                        """)
                .param(
                        "at",
                        java.time.OffsetDateTime.ofInstant(
                                host.cutoff().minus(Duration.ofHours(1)), java.time.ZoneOffset.UTC))
                .update();
    }

    private void killWhenReinstated(int users) throws Exception {
        obstacles.slowChunks(Duration.ofMillis(400));
        try (ProductProcess process =
                ProductProcess.start(database, Map.of("ROLLOVER_CHUNK_SIZE", "10"), "second-look", "--json")) {
            obstacles.await("select (" + GIVEN_BACK + ") >= " + users);
            process.kill();
        }
        obstacles.awaitDeath();
        obstacles.clear();
        assertThat(database.count("select count(*) from credit_rollover_runs where mode = 'reinstate'"
                        + " and status = 'RUNNING'"))
                .isOne();
    }

    private void spendAndBuy(Map<Long, Integer> expected) {
        Random random = new Random(20_261_126L);
        balances().forEach((user, left) -> {
            int change = random.nextInt(50) - Math.min(left, random.nextInt(20));
            expected.merge(user, change, Integer::sum);
            database.execute("update users set credits = credits + " + change + " where id = " + user);
        });
    }

    private TestApplication product() {
        return TestApplication.on(database, "rollover.pending-grace=PT0S", "rollover.safety.max-delay=P9999D");
    }

    private Map<Long, Integer> balances() {
        Map<Long, Integer> balances = new TreeMap<>();
        database.jdbc().sql("select id, credits from users").query(rs -> {
            balances.put(rs.getLong(1), rs.getInt(2));
        });
        return balances;
    }
}
