package io.creditrollover.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.creditrollover.HostFixture;
import io.creditrollover.Obstacles;
import io.creditrollover.ProductProcess;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.TestApplication;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import io.creditrollover.lease.StopSignal;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** An undo as a process that is killed in the middle, twice, while people spend and buy, and is called again. */
class KilledUndoTest {
    private static final int USERS = 1_000;
    private static final Map<String, String> ENVIRONMENT = Map.of("ROLLOVER_CHUNK_SIZE", "10");

    private final TestDatabase database = TestDatabase.migrated();
    private final Obstacles obstacles = Obstacles.in(database);
    private final long seed = 20_261_122L;
    private final Random random = new Random(seed);

    @Test
    void everyEventIsGivenBackOnceToBalancesThatMovedMeanwhileAndTheMonthRunsAgain() throws Exception {
        HostFixture.in(database).manyUsers(USERS);
        Map<Long, Integer> expected = balances();
        long run;
        try (TestApplication product = product()) {
            run = Objects.requireNonNull(product.run().run().executionId());
            spendAndBuy(expected);
            undo(product, run, String.valueOf(aLoser()));
        }
        killWhenGivenBackTo(100, run);
        spendAndBuy(expected);
        killWhenGivenBackTo(200, run);
        spendAndBuy(expected);

        try (TestApplication product = product()) {
            RunOutcome finished = undo(product, run, null);
            assertThat(finished.exitCode()).as(finished.sentence()).isEqualTo(ExitCode.OK);
            assertThat(balances()).as("seed " + seed).isEqualTo(expected);
            assertThat(database.count("""
                    select count(*) from credit_rollover_events e
                    where e.action in ('rollover', 'expiry') and e.credits_after < e.credits_before
                      and (select count(*) from credit_rollover_events r where r.reverses = e.id) <> 1
                    """))
                    .as("events that were not reversed exactly once")
                    .isZero();
            assertThat(database.count("select count(*) from credit_rollover_runs where mode = 'undo'"))
                    .as("one user's undo, and that of the run however often it was killed")
                    .isEqualTo(2);

            ExitException twice = catchThrowableOfType(ExitException.class, () -> undo(product, run, null));
            assertThat(twice.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(twice.sentence()).contains("is UNDONE");

            assertTheMonthRunsAgainWithAnApprovalOnly(product);
        }
    }

    private void assertTheMonthRunsAgainWithAnApprovalOnly(TestApplication product) throws Exception {
        Map<Long, Integer> before = balances();
        ExitException unapproved = catchThrowableOfType(ExitException.class, () -> product.bean(RolloverService.class)
                .run(TestApplication.request(null, false, null, new StopSignal())));
        assertThat(unapproved.exitCode()).isEqualTo(ExitCode.REFUSED);

        RunOutcome again = product.run();

        assertThat(again.exitCode()).as(again.sentence()).isEqualTo(ExitCode.OK);
        Map<Long, Integer> decided = new TreeMap<>();
        Map<Long, Integer> left = new TreeMap<>();
        database.jdbc()
                .sql("select user_id, credits_before, credits_after from credit_rollover_events where run_id = :run"
                        + " and action in ('rollover', 'expiry')")
                .param("run", Objects.requireNonNull(again.run().runId()))
                .query(rs -> {
                    decided.put(rs.getLong(1), rs.getInt(2));
                    left.put(rs.getLong(1), rs.getInt(3));
                });
        before.values().removeIf(credits -> credits == 0);
        assertThat(decided).isEqualTo(before);
        assertThat(balances()).containsAllEntriesOf(left);
    }

    private void killWhenGivenBackTo(int users, long run) throws Exception {
        obstacles.slowChunks(Duration.ofMillis(100));
        try (ProductProcess process = ProductProcess.start(
                database, ENVIRONMENT, "undo", String.valueOf(run), "--reason", "a test", "--json")) {
            obstacles.await("select count(*) >= " + users + " from credit_rollover_events where action = 'reversal'");
            process.kill();
        }
        obstacles.awaitDeath();
        obstacles.clear();
        assertThat(database.count("select count(*) from credit_rollover_events where action = 'reversal'"))
                .isBetween((long) users, USERS * 3 / 5 - 1L);
        assertThat(database.count("select count(*) from credit_rollover_runs where mode = 'undo' "
                        + "and status = 'RUNNING' and only_user_id is null"))
                .isOne();
    }

    private void spendAndBuy(Map<Long, Integer> expected) {
        Map<Long, Integer> changes = new TreeMap<>();
        balances().forEach((user, left) -> {
            int change = random.nextInt(50) - Math.min(left, random.nextInt(20));
            changes.put(user, change);
            expected.merge(user, change, Integer::sum);
        });
        StringBuilder values = new StringBuilder();
        changes.forEach(
                (user, change) -> values.append(values.isEmpty() ? "" : ", ").append("(" + user + ", " + change + ")"));
        database.execute("update users u set credits = u.credits + c.change from (values " + values
                + ") as c (id, change) where u.id = c.id");
    }

    private int aLoser() {
        return (int) database.count("select min(user_id) from credit_rollover_events where action = 'expiry'");
    }

    private TestApplication product() {
        return TestApplication.on(database, "rollover.safety.max-delay=P9999D");
    }

    private static RunOutcome undo(TestApplication product, long executionId, @Nullable String user)
            throws InterruptedException {
        UndoRequest.Scope scope = user == null ? UndoRequest.Scope.everybody() : UndoRequest.Scope.user(user);
        return product.bean(UndoService.class)
                .undo(new UndoRequest(
                        executionId, "a test", false, scope, false, "a test", new StopSignal(), Progress.SILENT));
    }

    private Map<Long, Integer> balances() {
        Map<Long, Integer> balances = new TreeMap<>();
        database.jdbc().sql("select id, credits from users").query(rs -> {
            balances.put(rs.getLong(1), rs.getInt(2));
        });
        return balances;
    }
}
