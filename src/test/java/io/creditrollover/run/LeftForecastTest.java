package io.creditrollover.run;

import static io.creditrollover.schema.GrantedDatabase.BATCH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditrollover.HostFixture;
import io.creditrollover.Obstacles;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.TestApplication;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import io.creditrollover.lease.StopSignal;
import io.creditrollover.schema.GrantedDatabase;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Payments that become invisible in mid-run are not payments that were never made: the run stops and a person looks. */
class LeftForecastTest {
    private static final int USERS = 4_000;
    private static final int CHUNK = 50;
    private static final int THREADS = 2;

    private final TestDatabase database = GrantedDatabase.made().copy();
    private final HostFixture host = HostFixture.in(database);
    private final Obstacles obstacles = Obstacles.in(database);

    /** Half of them paid in the month, the others never: half are due to expire anyway. */
    @BeforeEach
    void people() {
        host.manyUsers(USERS);
        database.execute(
                "delete from payments",
                """
                insert into payments (user_id, phone_number, plan_type, amount, credits_added, payment_status, created_at)
                select id, phone_number, 'monthly', 29900, 50, 'paid', now() - interval '40 days' from users
                where id % 4 < 2
                """,
                "update payments set created_at = " + "timestamptz '" + host.inTheMonth() + "'",
                "analyze users",
                "analyze payments");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "delete from payments where user_id % 4 = 0",
                "update payments set payment_status = 'refunded' where user_id % 4 = 0",
                "update payments set created_at = created_at - interval '1 year' where user_id % 4 = 1",
                "truncate payments"
            })
    void aRunThatLeavesItsForecastStops(String vanishing) throws Exception {
        RunOutcome stopped = runWhile(vanishing);

        assertThat(stopped.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(stopped.run().status()).isEqualTo(RunStatus.FAILED);
        assertThat(stopped.sentence()).contains("rollover.safety.run-tolerance-percent", "--approve REASON");
        assertThat(wronglyExpired()).isBetween(1L, allowed());
        assertThat(resume(null).sentence()).contains("exceeded its forecast");
        assertThat(wronglyExpired()).isLessThanOrEqualTo(allowed());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alter table payments enable row level security",
                "alter table payments rename to payments_until_now; create table payments (like payments_until_now"
                        + " including all); grant select on payments to credit_rollover_batch",
                "alter table payments rename to payments_until_now",
                "alter table users enable row level security",
                "create schema other; alter table payments set schema other; create table payments (like"
                        + " other.payments including all); grant select on payments to credit_rollover_batch"
            })
    void aRunWhoseTablesAreOthersStopsAtOnce(String change) throws Exception {
        RunOutcome stopped = runWhile(change);

        assertThat(stopped.exitCode()).as(stopped.sentence()).isEqualTo(ExitCode.REFUSED);
        assertThat(stopped.run().status()).isEqualTo(RunStatus.FAILED);
        assertThat(stopped.sentence()).contains("tables changed since the run's first write");
        assertThat(wronglyExpired()).isZero();
    }

    @Test
    void resumesByItselfOnceTheTablesAreTheStoredOnesAgain() throws Exception {
        runWhile("alter table payments rename to payments_until_now; create table payments (like payments_until_now"
                + " including all); grant select on payments to credit_rollover_batch");
        assertThatThrownBy(() -> resume(null))
                .isInstanceOfSatisfying(ExitException.class, refused -> assertThat(refused.exitCode())
                        .isEqualTo(ExitCode.REFUSED))
                .hasMessageContaining("tables changed since the run's first write");

        database.execute("drop table payments", "alter table payments_until_now rename to payments");
        RunOutcome resumed = resume(null);

        assertThat(resumed.exitCode()).as(resumed.sentence()).isEqualTo(ExitCode.OK);
        assertThat(wronglyExpired()).isZero();
        assertThat(resumed.run().totals().usersExpired()).isEqualTo(USERS / 2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRunOfAVersionThatStoredNoTablesNeedsAnApproval(boolean refusedFirst) throws Exception {
        runWhile("alter table payments rename to payments_until_now; create table payments (like payments_until_now"
                + " including all); grant select on payments to credit_rollover_batch");
        database.execute(
                "drop table payments",
                "alter table payments_until_now rename to payments",
                "update credit_rollover_runs set host_tables = null, stop_cause = null");
        if (refusedFirst) {
            RunOutcome refused = resume(null);
            assertThat(refused.exitCode()).isEqualTo(ExitCode.REFUSED);
            assertThat(refused.sentence()).contains("did not store which tables it read");
        }

        RunOutcome resumed = resume("upgraded");

        assertThat(resumed.exitCode()).as(resumed.sentence()).isEqualTo(ExitCode.OK);
        assertThat(wronglyExpired()).isZero();
        assertThat(resumed.run().totals().usersExpired()).isEqualTo(USERS / 2);
    }

    @Test
    void aPartitionThatIsDroppedStopsARun() throws Exception {
        database.execute(
                "alter table payments rename to all_payments",
                "create table payments (like all_payments including defaults) partition by range (user_id)",
                "create table payments_low partition of payments for values from (minvalue) to (" + USERS / 2 + ")",
                "create table payments_high partition of payments for values from (" + USERS / 2 + ") to (maxvalue)",
                "insert into payments select * from all_payments",
                "drop table all_payments cascade",
                "grant select on payments to credit_rollover_batch",
                index(
                        "paid",
                        "(user_id, created_at desc, id desc) include (plan_type, credits_added)"
                                + " where payment_status = 'paid'"),
                index("paid_at", "(created_at) where payment_status = 'paid'"),
                index(
                        "undecided",
                        "(user_id, created_at desc) include (payment_status) where payment_status is null"
                                + " or payment_status::text not in ('paid', 'failed', 'refunded')"),
                index("unpaid", "(user_id, created_at desc) where payment_status::text in ('failed', 'refunded')"));

        RunOutcome stopped = runWhile("drop table payments_high");

        assertThat(stopped.exitCode()).as(stopped.sentence()).isEqualTo(ExitCode.REFUSED);
        assertThat(stopped.sentence()).contains("tables changed since the run's first write");
        assertThat(wronglyExpired()).isZero();
    }

    @Test
    void anApprovalForecastsTheRestAfreshAndTheToleranceCountsFromThere() throws Exception {
        runWhile("delete from payments where user_id % 4 = 0");

        RunOutcome approved = resume("the payments were refunded, checked by a person");

        assertThat(approved.exitCode()).as(approved.sentence()).isEqualTo(ExitCode.OK);
        assertThat(approved.run().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(approved.run().totals().usersProcessed()).isEqualTo(USERS);
    }

    @Test
    void anEarlierApprovalDoesNotCoverTheStop() throws Exception {
        RunOutcome stopped = runWhile("delete from payments where user_id % 4 = 0");
        assertThat(stopped.run().approvedBy()).isNotNull();

        assertThat(resume(null).exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(resume(null).run().status()).isEqualTo(RunStatus.FAILED);
    }

    @Test
    void whatTheHostDoesEveryDayStopsNobody() throws Exception {
        RunOutcome completed = runWhile("delete from payments where user_id % 100 = 0; analyze payments;"
                + " alter table payments add column note text; update users set name = 'b' where id % 3 = 0");

        assertThat(completed.exitCode()).as(completed.sentence()).isEqualTo(ExitCode.OK);
    }

    private static String index(String name, String definition) {
        return "create index credit_rollover_payments_" + name + " on payments " + definition;
    }

    /** Those who had paid when the run began, and lost credits nevertheless. */
    private long wronglyExpired() {
        return database.count(
                "select count(*) from credit_rollover_events where action = 'expiry' and user_id % 4 < 2");
    }

    private long allowed() {
        return LiveRunWatch.ALLOWED_USERS + USERS / 2 * 5 / 100 + (long) THREADS * CHUNK;
    }

    private RunOutcome runWhile(String change) throws Exception {
        obstacles.slowChunks(Duration.ofMillis(20));
        try (TestApplication product = product()) {
            CompletableFuture<RunOutcome> run = CompletableFuture.supplyAsync(() -> {
                try {
                    return product.run(new StopSignal());
                } catch (InterruptedException interrupted) {
                    throw new IllegalStateException(interrupted);
                }
            });
            obstacles.awaitEvents(10 * CHUNK);
            database.execute(change.split(";"));
            return run.get();
        } finally {
            obstacles.clear();
        }
    }

    private RunOutcome resume(@Nullable String approve) throws InterruptedException {
        try (TestApplication product = product()) {
            long execution = database.count("select max(job_execution_id) from credit_rollover_batch_job_execution");
            return product.bean(RolloverService.class)
                    .restart(execution, TestApplication.request(null, false, approve, new StopSignal()));
        }
    }

    private TestApplication product() {
        return TestApplication.on(
                database,
                "spring.datasource.username=" + BATCH,
                "rollover.chunk-size=" + CHUNK,
                "rollover.threads=" + THREADS);
    }
}
