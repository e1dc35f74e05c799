package io.creditrollover.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.Obstacles;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.Cli;
import io.creditrollover.cli.TestApplication;
import io.creditrollover.exit.ExitException;
import io.creditrollover.lease.StopSignal;
import io.creditrollover.run.Readiness;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The indexes on payments: on hosts of other shapes, beside old transactions, several at once, interrupted. */
class IndexBuildsTest {
    private static final String OURS = " from pg_index i join pg_class c on c.oid = i.indexrelid"
            + " where c.relname like 'credit\\_rollover\\_payments\\_%'";
    private static final String VALID = "select count(*)" + OURS + " and indisvalid";
    private static final String INVALID = "select count(*)" + OURS + " and not indisvalid";

    private final TestDatabase database = TestDatabase.fresh();

    @Test
    void anEnumsIndexesHoldNoTextOfItAndAreUsed() {
        HostFixture.in(database).manyUsers(5_000);
        database.execute(
                "create type status as enum ('pending', 'paid', 'failed', 'refunded')",
                "alter table payments alter payment_status drop default, alter payment_status type status"
                        + " using payment_status::status");

        assertThat(Cli.on(database).run("migrate").exitCode()).isZero();

        assertThat(database.count(VALID)).isEqualTo(2);
        database.execute("analyze payments");
        assertThat(String.join(
                        "\n", database.jdbc().sql("""
                        explain select id from payments
                        where user_id = 17 and payment_status::text = 'paid' and created_at < now()
                        order by created_at desc, id desc limit 1
                        """).query(String.class).list()))
                .contains("credit_rollover_payments_paid");
        assertThat(Cli.on(database).run("run", "--approve=a test").exitCode()).isZero();
    }

    @Test
    void eachPartitionIsIndexedByItselfAndLaterOnesToo() {
        HostFixture.in(database).manyUsers(100);
        database.execute(
                "create table parts (like payments including defaults) partition by range (created_at)",
                "create table parts_old partition of parts for values from (minvalue) to (now())",
                "create table parts_new partition of parts for values from (now()) to ('infinity')",
                "insert into parts select * from payments",
                "drop table payments",
                "alter table parts rename to payments");

        assertThat(Cli.on(database).run("migrate").exitCode()).isZero();

        assertThat(database.count(VALID)).isEqualTo(12);
        database.execute("create table parts_none partition of payments default");
        assertThat(Cli.on(database).run("migrate", "--json").json().path("applied"))
                .isEmpty();
        assertThat(database.count("select count(*) from pg_index where indrelid = 'parts_none'::regclass"))
                .isEqualTo(4);
        assertThat(Cli.on(database).run("run", "--approve=a test").exitCode()).isZero();
    }

    @Test
    void severalFirstMigrationsAtOnceAllEndWell() throws Exception {
        HostFixture.in(database).manyUsers(2_000);
        List<TestApplication> products = new ArrayList<>();
        for (int process = 0; process < 4; process++) {
            products.add(TestApplication.on(database)); // one after the other, since they share a logging system
        }
        List<CompletableFuture<Migration>> all = new ArrayList<>();
        for (TestApplication started : products) {
            all.add(CompletableFuture.supplyAsync(() -> {
                try (TestApplication product = started) {
                    return product.bean(Readiness.class).migrate("a test", new StopSignal());
                } catch (InterruptedException interrupted) {
                    throw new IllegalStateException(interrupted);
                }
            }));
        }
        int refused = 0;
        for (CompletableFuture<Migration> one : all) {
            try {
                one.get(120, TimeUnit.SECONDS);
            } catch (java.util.concurrent.ExecutionException failed) {
                assertThat(failed.getCause()).isInstanceOf(ExitException.class).hasMessageContaining("is running");
                refused++;
            }
        }
        assertThat(refused).isLessThan(4);
        assertThat(database.count(INVALID)).isZero();
        assertThat(Cli.on(database).run("migrate").exitCode()).isZero();
        assertThat(database.count(VALID)).isEqualTo(4);
    }

    /** The transaction of the host holds a snapshot, which a concurrent build waits for; the timeouts are too short for it. */
    @Test
    @Timeout(240)
    void aStopWhileItWaitsForTheHostIsAnsweredInTimeAndLeavesNothingInvalid() throws Exception {
        HostFixture.in(database).manyUsers(1_000);
        database.execute(
                "alter database " + database.name() + " set statement_timeout = '300ms'",
                "alter database " + database.name() + " set lock_timeout = '300ms'");
        try (Connection host = database.open()) {
            host.setAutoCommit(false);
            host.createStatement()
                    .execute("insert into payments (user_id, phone_number, plan_type, amount, credits_added)"
                            + " values (1, '1', 'monthly', 1, 1)");
            StopSignal signal = new StopSignal();
            var unused = CompletableFuture.runAsync(() -> Obstacles.in(database)
                            .await("select exists (select from pg_stat_activity where wait_event_type = 'Lock'"
                                    + " and query ilike '%create index%' and datname = current_database())"))
                    .thenRunAsync(signal::request, CompletableFuture.delayedExecutor(8, TimeUnit.SECONDS));

            Cli.Result stopped = Cli.on(database).run(signal, "migrate", "--json");

            assertThat(stopped.exitCode()).isEqualTo(75);
            assertThat(stopped.json().path("error").asString()).contains("index", "Run migrate again");
            assertThat(stopped.err()).contains("waits for a transaction to end", "process ");
            Cli.Result status = Cli.on(database).run("status", "--json");
            assertThat(status.exitCode()).isEqualTo(78);
            assertThat(status.json().path("error").asString()).contains("Run the command migrate first");
            host.rollback();
        }
        assertThat(Cli.on(database).run("migrate").exitCode()).isZero();
        assertThat(database.count(INVALID)).isZero();
        assertThat(database.count(VALID)).isEqualTo(4);
    }
}
