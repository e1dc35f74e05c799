package io.creditrollover.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.Month;
import io.creditrollover.Objection;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.TestApplication;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.lease.StopSignal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A row that the host's database refuses costs one user, not the month. */
class RefusedRowsTest {
    private static final int USERS = 60;
    private static final int SKIP_LIMIT = 5;
    private static final long LOSERS = USERS * 3 / 5;

    private static final TestDatabase database = TestDatabase.migrated();

    @RegisterExtension
    static final TestApplication product = TestApplication.on(
            database,
            "rollover.chunk-size=7",
            "rollover.partitions=3",
            "rollover.threads=2",
            "rollover.skip-limit=" + SKIP_LIMIT,
            "rollover.safety.max-delay=P9999D",
            "rollover.safety.max-payment-silence=P9999D");

    private Map<Long, Integer> before;

    @BeforeEach
    void begin() {
        Objection.withdraw(database);
        database.reset();
        HostFixture.in(database).manyUsers(USERS);
        before = balances();
    }

    @ParameterizedTest
    @EnumSource
    void theRefusedAreSkippedAndEverybodyElseIsDecidedToTheCredit(Objection objection) throws Exception {
        List<Long> refused = losers().subList(4, 6);
        objection.of(database, "id in (" + refused.get(0) + ", " + refused.get(1) + ")");

        RunOutcome outcome = run(null);

        assertThat(outcome.exitCode()).as(outcome.sentence()).isEqualTo(ExitCode.OK);
        assertDecidedBut(refused);
        assertThat(reasons()).hasSize(2).allSatisfy(reason -> assertThat(reason)
                .contains(objection.words().replace("+919912345678", "********5678"))
                .doesNotContainPattern("[0-9]{5}"));
    }

    @ParameterizedTest
    @EnumSource
    void moreThanTheSkipLimitStopTheRunEachTimeTheSameAndARestartDecidesThemAgain(Objection objection)
            throws Exception {
        objection.of(database, "true");

        RunOutcome first = run(null);
        RunOutcome second = run(null);

        assertThat(first.exitCode()).as(first.sentence()).isEqualTo(ExitCode.REFUSED);
        assertThat(first.run().status()).isEqualTo(RunStatus.FAILED);
        assertThat(first.sentence())
                .contains(LOSERS + " users, more than " + SKIP_LIMIT)
                .contains(objection.words().replace("+919912345678", "********5678"));
        assertThat(second.exitCode()).isEqualTo(first.exitCode());
        assertThat(second.sentence()).isEqualTo(first.sentence());
        assertThat(balances()).isEqualTo(before);
        assertThat(reasons()).isEmpty();

        Objection.withdraw(database);
        RunOutcome restarted =
                product.restart(Objects.requireNonNull(second.run().executionId()));
        assertThat(restarted.exitCode()).as(restarted.sentence()).isEqualTo(ExitCode.OK);
        assertDecidedBut(List.of());
    }

    @Test
    void anApprovalLetsTheRefusedExceedTheSkipLimit() throws Exception {
        Objection.RAISES.of(database, "true");
        run(null);

        RunOutcome approved = run("they are frozen on purpose");

        assertThat(approved.exitCode()).as(approved.sentence()).isEqualTo(ExitCode.OK);
        assertDecidedBut(losers());
    }

    @Test
    void asManyAsTheSkipLimitPass() throws Exception {
        List<Long> refused = losers().subList(10, 10 + SKIP_LIMIT);
        Objection.RAISES.of(database, "id between " + refused.get(0) + " and " + refused.get(SKIP_LIMIT - 1));

        assertThat(run(null).exitCode()).isEqualTo(ExitCode.OK);

        assertDecidedBut(refused);
    }

    @ParameterizedTest
    @EnumSource
    void anUndoSkipsTheRefusedAndEnds(Objection objection) throws Exception {
        long execution = Objects.requireNonNull(run(null).run().executionId());
        Map<Long, Integer> after = balances();
        List<Long> refused = losers().subList(4, 6);
        objection.of(database, "id in (" + refused.get(0) + ", " + refused.get(1) + ")");

        RunOutcome undo = undo(execution);

        assertThat(undo.exitCode()).as(undo.sentence()).isEqualTo(ExitCode.OK);
        assertThat(undo.run().totals().usersSkipped()).isEqualTo(2);
        Map<Long, Integer> expected = new TreeMap<>(before);
        refused.forEach(user -> expected.put(user, after.get(user)));
        assertThat(balances()).isEqualTo(expected);
        assertUndone(2);
        assertThat(reasons()).hasSize(2).allSatisfy(reason -> assertThat(reason)
                .contains(objection.words().replace("+919912345678", "********5678")));
    }

    @ParameterizedTest
    @EnumSource
    void anUndoThatIsRefusedForEverybodyEndsAndTheMonthCanRunAgain(Objection objection) throws Exception {
        long execution = Objects.requireNonNull(run(null).run().executionId());
        Map<Long, Integer> after = balances();
        objection.of(database, "true");

        RunOutcome undo = undo(execution);

        assertThat(undo.exitCode()).as(undo.sentence()).isEqualTo(ExitCode.OK);
        assertThat(balances()).isEqualTo(after);
        assertUndone(LOSERS);
        Objection.withdraw(database);
        assertThat(run("again").exitCode()).isEqualTo(ExitCode.OK);
    }

    /** A row that is locked before a savepoint and updated behind it gets one, and slows its readers down. */
    @Test
    void aHealthyRunMakesNoMultixact() throws Exception {
        try (TestApplication oneThread =
                TestApplication.on(database, "rollover.chunk-size=7", "rollover.partitions=1", "rollover.threads=1")) {
            long before = nextMultixact();

            assertThat(oneThread.run().exitCode()).isEqualTo(ExitCode.OK);

            assertThat(nextMultixact()).isEqualTo(before);
        }
        assertDecidedBut(List.of());
    }

    private static long nextMultixact() {
        database.execute("checkpoint");
        return database.count("select next_multixact_id::text::bigint from pg_control_checkpoint()");
    }

    /** Everybody as the host was filled: of five, the first and the last keep their credits. */
    private void assertDecidedBut(List<Long> refused) {
        Month month = Month.of(database);
        before.forEach((user, credits) -> {
            boolean keeps = refused.contains(user) || user % 5 == 0 || user % 5 == 4;
            assertThat(month.balances()).as("user %s", user).containsEntry(user, keeps ? credits : 0);
        });
        assertThat(month.skips().keySet()).isEqualTo(Set.copyOf(refused));
        assertThat(month.skips().values()).allMatch("ROW_REFUSED"::equals);
        assertThat(month.events()).hasSize(USERS - refused.size());
        refused.forEach(user -> assertThat(month.events()).doesNotContainKey(user));
        assertThat(month.figures().usersProcessed()).isEqualTo(USERS);
        assertThat(month.figures().status()).isEqualTo("COMPLETED");
        assertThat(database.count("select sum(users_expired) from credit_rollover_slices"))
                .as("counted against the forecast")
                .isEqualTo(LOSERS - refused.size());
    }

    private static void assertUndone(long skipped) {
        assertThat(database.count("select count(*) from credit_rollover_runs where status = 'UNDONE'"))
                .isOne();
        assertThat(database.count("select count(*) from credit_rollover_skips where reason_code = 'ROW_REFUSED'"))
                .isEqualTo(skipped);
        assertThat(database.count("select count(*) from credit_rollover_events where action = 'reversal'"))
                .isEqualTo(LOSERS - skipped);
    }

    private List<Long> losers() {
        return before.keySet().stream()
                .filter(user -> user % 5 != 0 && user % 5 != 4)
                .toList();
    }

    private static RunOutcome run(@Nullable String approve) throws InterruptedException {
        return product.bean(RolloverService.class).run(TestApplication.request(null, false, approve, new StopSignal()));
    }

    private static RunOutcome undo(long executionId) throws InterruptedException {
        return product.undo(executionId);
    }

    private static List<String> reasons() {
        return database.jdbc()
                .sql("select reason from credit_rollover_skips")
                .query(String.class)
                .list();
    }

    private static Map<Long, Integer> balances() {
        Map<Long, Integer> balances = new TreeMap<>();
        database.jdbc().sql("select id, credits from users").query(rs -> {
            balances.put(rs.getLong(1), rs.getInt(2));
        });
        return balances;
    }
}
