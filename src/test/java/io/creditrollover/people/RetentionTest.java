package io.creditrollover.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.Cli;
import io.creditrollover.cli.TestApplication;
import io.creditrollover.lease.StopSignal;
import io.creditrollover.run.RolloverService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is older than its retention is deleted, in batches, and nothing else. */
class RetentionTest {
    private final TestDatabase database = TestDatabase.migrated();
    private TestApplication product;

    @BeforeEach
    void start() {
        product = TestApplication.on(database, "rollover.retention.audit=P1Y");
    }

    @AfterEach
    void stop() {
        product.close();
    }

    private RetentionService.Deleted delete() {
        return product.bean(RetentionService.class).delete("daily", new StopSignal());
    }

    private long dryRun() throws InterruptedException {
        return product.bean(RolloverService.class)
                .run(TestApplication.request(null, true, null, new StopSignal()))
                .run()
                .executionId();
    }

    @Test
    void decisionsOfOldDryRunsGoAndTheirTotalsStay() throws Exception {
        HostFixture.in(database).aLapsedUser();
        HostFixture.in(database).aPayingUser();
        long old = dryRun();
        long young = dryRun();
        database.execute(
                "update credit_rollover_runs set finished_at = now() - interval '91 days' where id = 1",
                "update credit_rollover_runs set finished_at = now() - interval '89 days' where id = 2");

        assertThat(delete().dryRunDecisions()).isEqualTo(2);

        assertThat(database.count("select count(*) from credit_rollover_dry_run_decisions where run_id = 2"))
                .isEqualTo(2);
        Cli cli = Cli.on(database);
        Cli.Result status = cli.run("status", String.valueOf(old), "--json");
        assertThat(status.json().path("usersExpired").asInt()).isOne();
        assertThat(status.json().path("message").asString()).contains("were deleted after P90D", "its totals remain");
        Cli.Result report = cli.run("report", String.valueOf(old), "--json");
        assertThat(report.exitCode()).isEqualTo(64);
        assertThat(report.json().path("error").asString()).contains("rollover.retention.dry-runs");
        assertThat(cli.run("report", String.valueOf(young), "--json").exitCode())
                .isZero();
        assertThat(delete().dryRunDecisions()).isZero();
    }

    @Test
    void aDryRunThatSomebodyWorksOnIsLeftAlone() throws Exception {
        HostFixture.in(database).aLapsedUser();
        dryRun();
        database.execute(
                "update credit_rollover_runs set finished_at = null, started_at = now() - interval '1 year', status = 'RUNNING'",
                "update credit_rollover_leases set expires_at = 'infinity' where name = 'dry-run-1'");

        assertThat(delete().dryRunDecisions()).isZero();
        database.execute("update credit_rollover_leases set expires_at = '-infinity' where name = 'dry-run-1'");
        assertThat(delete().dryRunDecisions()).isOne();
    }

    @Test
    void onlyRetentionDeletesFromTheAudit() {
        database.execute("""
                insert into credit_rollover_audit (at, who, address, action, target, result)
                select now() - n * interval '1 day', 'olga', '-', 'run', 'x', 'done' from generate_series(%d, 360, -1) n
                """.formatted(366 + OldRows.BATCH));
        assertThatThrownBy(() -> database.execute("delete from credit_rollover_audit"))
                .rootCause()
                .hasMessageContaining("appended to only");

        assertThat(delete().audit()).isBetween(OldRows.BATCH + 1L, OldRows.BATCH + 2L);

        assertThat(database.count("select count(*) from credit_rollover_audit where who = 'olga'"))
                .isBetween(5L, 6L);
        assertThat(database.count("select count(*) from credit_rollover_audit where action = 'retention'"))
                .as("an intent and an outcome for each batch")
                .isEqualTo(4);
        assertThat(delete().audit()).isZero();
        for (String change : new String[] {"delete from", "truncate", "update"}) {
            String rest = change.equals("update") ? " set who = 'x'" : "";
            assertThatThrownBy(() -> database.execute(change + " credit_rollover_audit" + rest))
                    .rootCause()
                    .hasMessageContaining("appended to only");
        }
    }

    @Test
    void deliveredMailsAndOldAnswersGo() {
        database.execute("""
                insert into credit_rollover_runs (rollover_date, mode, status, cutoff, zone, policy, requested_by)
                values ('2020-01-01', 'live', 'COMPLETED', now(), 'UTC', '{}', 'test')
                """, """
                insert into credit_rollover_outbox (run_id, outcome, recipient, message_id, sent_at) values
                    (1, 'OK', 'a@b', '1', now() - interval '401 days'), (1, 'OK', 'a@b', '2', now() - interval '399 days'),
                    (1, 'OK', 'a@b', '3', null)
                """, """
                insert into credit_rollover_idempotency (who, key, request_hash, created_at) values
                    ('a', '1', 'x', now() - interval '2 days'), ('a', '2', 'x', now())
                """, """
                insert into credit_rollover_notices (user_id, kind, rollover_date, channel, credits_before, credits_after,
                                                     reason_code)
                select 1, 'expired', (now() - age)::date, 'mail', 1, 0, 'x'
                from unnest(array[interval '402 days', interval '398 days']) age
                """);

        assertThat(delete()).isEqualTo(new RetentionService.Deleted(0, 0, 1, 1, 1));
        assertThat(database.count("select count(*) from credit_rollover_outbox"))
                .isEqualTo(2);
        assertThat(database.count("select count(*) from credit_rollover_notices"))
                .isOne();
    }

    @Test
    void aStopEndsItBetweenBatches() throws Exception {
        HostFixture.in(database).aLapsedUser();
        dryRun();
        database.execute("update credit_rollover_runs set finished_at = now() - interval '91 days'");
        StopSignal stop = new StopSignal();
        stop.request();

        assertThat(product.bean(RetentionService.class).delete("daily", stop))
                .isEqualTo(new RetentionService.Deleted(0, 0, 0, 0, 0));
    }
}
