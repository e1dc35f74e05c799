package io.creditrollover.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.creditrollover.HostFixture;
import io.creditrollover.Obstacles;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.TestApplication;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import io.creditrollover.lease.StopSignal;
import java.sql.Connection;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a run took is given back once, to whom it was taken from, beside what they did since. */
class UndoTest {
    private static final TestDatabase database = TestDatabase.migrated();

    @RegisterExtension
    static final TestApplication product = TestApplication.on(
            database, "rollover.chunk-size=3", "rollover.row-busy-wait=PT0.2S", "rollover.safety.max-delay=P9999D");

    private HostFixture host;

    @BeforeEach
    void begin() {
        Obstacles.in(database).clear();
        database.reset();
        host = HostFixture.in(database);
    }

    @Test
    void balancesAreExactAfterRandomSpendingAndBuying() throws Exception {
        host.manyUsers(60);
        Map<Long, Integer> expected = balances();
        long run = executionOf(product.run());
        long seed = 20_261_122L;
        Random random = new Random(seed);
        balances().forEach((user, left) -> {
            int change = random.nextInt(50) - Math.min(left, random.nextInt(20));
            database.execute("update users set credits = credits + " + change + " where id = " + user);
            expected.merge(user, change, Integer::sum);
        });

        RunOutcome undo = undo(run, null);

        assertThat(undo.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(balances()).as("seed " + seed).isEqualTo(expected);
        assertThat(statusOf(run)).isEqualTo(RunStatus.UNDONE);
        assertThat(undo.run().totals().creditsRolledOver()).isEqualTo(database.count("""
                select sum(credits_before - credits_after) from credit_rollover_events where action <> 'reversal'
                """));
    }

    @Test
    void anUndoThatFailedInTheMiddleGoesOnWhereItWas() throws Exception {
        host.manyUsers(40);
        Map<Long, Integer> before = balances();
        long run = executionOf(product.run());
        int stubborn = database.jdbc()
                .sql(
                        "select user_id from credit_rollover_events where credits_after < credits_before order by id desc limit 1")
                .query(Integer.class)
                .single();
        Obstacles.in(database).refuseEventOf(stubborn);

        RunOutcome failed = undo(run, null);
        long givenBack = database.count("select count(*) from credit_rollover_events where action = 'reversal'");
        Obstacles.in(database).clear();

        assertThat(failed.exitCode()).isEqualTo(ExitCode.RETRY);
        assertThat(failed.sentence()).contains("undo " + failed.run().executionId());
        assertThat(givenBack).isPositive();
        assertThat(undo(run, null).exitCode()).isEqualTo(ExitCode.OK);
        assertThat(balances()).isEqualTo(before);
        assertThat(statusOf(run)).isEqualTo(RunStatus.UNDONE);
    }

    @Test
    void runAndRestartAreRefusedWhileAnUndoIsDead() throws Exception {
        host.manyUsers(10);
        long run = executionOf(product.run());
        Obstacles.in(database)
                .refuseEventOf(database.jdbc()
                        .sql("select max(user_id) from credit_rollover_events where credits_after < credits_before")
                        .query(Integer.class)
                        .single());
        long undo = Objects.requireNonNull(undo(run, null).run().executionId());
        LocalDate next = host.date();
        Obstacles.in(database).clear();
        database.execute("update credit_rollover_runs set status = 'FAILED' where mode = 'live'");

        ExitException fromRun = catchThrowableOfType(ExitException.class, () -> product.bean(RolloverService.class)
                .run(TestApplication.request(next, false, "now", new StopSignal())));
        ExitException fromRestart = catchThrowableOfType(ExitException.class, () -> product.restart(run));
        ExitException fromUndo = catchThrowableOfType(ExitException.class, () -> product.restart(undo));

        assertThat(fromRun.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(fromRestart.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(fromUndo.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(undo(undo, null).exitCode())
                .as("by the undo's own execution")
                .isEqualTo(ExitCode.OK);
    }

    @Test
    void aSecondUndoIsRefused() throws Exception {
        host.aLapsedUser();
        long run = executionOf(product.run());
        undo(run, null);

        assertThat(refusal(run, null)).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void oneUserFirstThenEverybodyAndNobodyTwice() throws Exception {
        HostFixture.User one = host.aLapsedUser();
        host.aUserWhoNeverPaid();
        Map<Long, Integer> before = balances();
        long run = executionOf(product.run());

        RunOutcome first = undo(run, one.phone());
        assertThat(first.run().totals().usersProcessed()).isOne();
        assertThat(host.creditsOf(one)).isEqualTo(before.get(one.id()));
        assertThat(statusOf(run)).as("one user is not the run").isEqualTo(RunStatus.COMPLETED);
        assertThat(refusal(run, String.valueOf(one.id())))
                .as("the same user again")
                .isEqualTo(ExitCode.USAGE);

        RunOutcome rest = undo(run, null);
        assertThat(rest.run().totals().usersProcessed()).isOne();
        assertThat(balances()).isEqualTo(before);
    }

    @Test
    void theMonthCanRunAgainAfterwards() throws Exception {
        host.manyUsers(20);
        long run = executionOf(product.run());
        Map<Long, Integer> after = balances();
        undo(run, null);

        RunOutcome again = product.run();

        assertThat(again.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(balances()).isEqualTo(after);
    }

    @Test
    void anUnfinishedRunIsUndoneAsFarAsItCame() throws Exception {
        host.manyUsers(30);
        Map<Long, Integer> before = balances();
        int late = database.jdbc()
                .sql("select max(id) from users where id % 5 = 3")
                .query(Integer.class)
                .single();
        Obstacles.in(database).refuseEventOf(late);
        long run = executionOf(product.run());
        Obstacles.in(database).clear();
        assertThat(statusOf(run)).isEqualTo(RunStatus.FAILED);

        assertThat(undo(run, null).exitCode()).isEqualTo(ExitCode.OK);

        assertThat(balances()).isEqualTo(before);
    }

    @Test
    void aDryRunOfAnUndoSaysWhatItWouldGiveBackAndChangesNothing() throws Exception {
        host.aLapsedUser();
        long run = executionOf(product.run());
        Map<Long, Integer> balances = balances();
        long expired = database.count("select sum(credits_before - credits_after) from credit_rollover_events");

        RunOutcome outcome = product.bean(UndoService.class).undo(request(run, null, true, false));

        assertThat(outcome.run().totals().creditsRolledOver()).isEqualTo(expired);
        assertThat(balances()).isEqualTo(balances);
        assertThat(database.count("select count(*) from credit_rollover_runs")).isOne();
    }

    @Test
    void onceALaterMonthHasRunItTakesForce() throws Exception {
        HostFixture.User user = host.on(host.date().minusMonths(1)).aLapsedUser();
        Map<Long, Integer> before = balances();
        long earlier = executionOf(product.bean(RolloverService.class)
                .run(TestApplication.request(host.date().minusMonths(1), false, "late", new StopSignal())));
        host.aLapsedUser();
        product.run();

        assertThat(refusal(earlier, null)).isEqualTo(ExitCode.REFUSED);
        product.bean(UndoService.class).undo(request(earlier, null, false, true));

        assertThat(host.creditsOf(user)).isEqualTo(before.get(user.id()));
    }

    @Test
    void rowsThatTheHostHoldsAreGivenBackByTheNextCall() throws Exception {
        HostFixture.User busy = host.aLapsedUser();
        host.aUserWhoNeverPaid();
        Map<Long, Integer> before = balances();
        long run = executionOf(product.run());

        try (Connection held = host.lock(busy)) {
            RunOutcome waiting = undo(run, null);
            assertThat(waiting.exitCode()).isEqualTo(ExitCode.RETRY);
            assertThat(waiting.sentence()).contains("rows of 1 users");
        }
        assertThat(undo(run, null).exitCode()).isEqualTo(ExitCode.OK);
        assertThat(balances()).isEqualTo(before);
    }

    private RunOutcome undo(long executionId, @Nullable String user) throws InterruptedException {
        return product.bean(UndoService.class).undo(request(executionId, user, false, false));
    }

    /** The exit code with which an undo is refused; null when it is not. */
    private @Nullable ExitCode refusal(long executionId, @Nullable String user) {
        ExitException refused = catchThrowableOfType(ExitException.class, () -> undo(executionId, user));
        return refused == null ? null : refused.exitCode();
    }

    private static UndoRequest request(long executionId, @Nullable String user, boolean dryRun, boolean force) {
        UndoRequest.Scope scope = user == null ? UndoRequest.Scope.everybody() : UndoRequest.Scope.user(user);
        return new UndoRequest(
                executionId, "a test", dryRun, scope, force, "a test", new StopSignal(), Progress.SILENT);
    }

    private static RunStatus statusOf(long executionId) {
        return product.bean(RolloverService.class).status(executionId).status();
    }

    private static long executionOf(RunOutcome outcome) {
        return Objects.requireNonNull(outcome.run().executionId());
    }

    private static Map<Long, Integer> balances() {
        Map<Long, Integer> balances = new TreeMap<>();
        database.jdbc().sql("select id, credits from users").query(rs -> {
            balances.put(rs.getLong(1), rs.getInt(2));
        });
        return balances;
    }
}
