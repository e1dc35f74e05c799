package io.creditrollover.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.TestDatabase;
import io.creditrollover.cli.Cli;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An old installation ends with the tables of a new one, and with its rows. */
class UpgradeFromEveryVersionTest {
    private static final TestDatabase NEW = GrantedDatabase.made();
    private static final String NAME = "old_installation";
    private static final Cli MIGRATE = migrateRole();

    /** Started once, on whichever database has the name. */
    private static Cli migrateRole() {
        TestDatabase any = GrantedDatabase.fresh().renamed(NAME);
        return Cli.startedOnceWith(
                "spring.datasource.url=" + any.url(), "spring.datasource.username=" + GrantedDatabase.MIGRATE);
    }

    /** Version 4 was never there. One that was killed while it migrated is at some version, too. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 6, 7, 8, 9})
    void endsWithTheTablesOfANewInstallationAndKeepsItsRows(int version) throws SQLException {
        TestDatabase old = OldInstallation.of(version).renamed(NAME);

        Cli.Result migrated = MIGRATE.run("migrate", "--json");
        assertThat(migrated.exitCode()).as(migrated.out() + migrated.err()).isZero();
        GrantedDatabase.granted(old);

        assertThat(Catalogue.differences(old, NEW)).isEmpty();
        assertThat(rows(old))
                .startsWith(
                        "run 2026-10-01 COMPLETED 25",
                        "event 1 expiry 25 0 +919800000001",
                        "event 1 reversal 0 25 +919800000001",
                        "skip 2",
                        "wait 3",
                        "tally sweep 1",
                        "decision 1",
                        "token 42")
                .hasSize(8 + fillings(version));
        assertThat(old.jdbc()
                        .sql("select action || ' ' || target from credit_rollover_audit where outcome = 'done'")
                        .query(String.class)
                        .list())
                .isEqualTo(version < 5 ? List.of() : List.of("stop execution 9"));
        assertThat(MIGRATE.run("migrate", "--json").json().get("applied")).isEmpty();
    }

    /** Each script of then is applied, and none of the new installation's. */
    @Test
    void theHistoryShowsTheWay() throws SQLException {
        TestDatabase old = OldInstallation.of(5).renamed(NAME);
        MIGRATE.run("migrate");

        assertThat(history(old))
                .startsWith(
                        "0 << Flyway Baseline >>",
                        "1 V1__credit_rollover.sql",
                        "2 io.creditrollover.schema.V2__spring_batch_tables",
                        "3 V3__outbox.sql",
                        "5 V5__admin.sql",
                        "6 V6__remote_workers.sql",
                        "7 V7__host_shapes.sql",
                        "8 V8__service.sql",
                        "9 V9__own_batch_tables.sql",
                        "9.1 V9_1__as_a_new_installation.sql")
                .hasSize(9 + Schema.VERSIONS.size());
        assertThat(history(NEW))
                .startsWith("0 << Flyway Baseline >>", "9 V9__credit_rollover.sql")
                .hasSize(1 + Schema.VERSIONS.size());
    }

    private static List<String> history(TestDatabase database) {
        return database.jdbc()
                .sql("select version || ' ' || script from credit_rollover_schema_history order by installed_rank")
                .query(String.class)
                .list();
    }

    private static int fillings(int version) {
        int later = 0;
        for (int since : new int[] {2, 3, 5, 5, 5, 6, 7, 8}) {
            later += version >= since ? 1 : 0;
        }
        return later;
    }

    private static List<String> rows(TestDatabase database) {
        return database.jdbc().sql("""
                        select format('run %s %s %s', rollover_date, status, credits_expired)
                        from credit_rollover_runs
                        union all
                        (select format('event %s %s %s %s %s', user_id, action, credits_before, credits_after, phone_number)
                         from credit_rollover_events order by id)
                        union all select 'skip ' || user_id from credit_rollover_skips
                        union all select 'wait ' || user_id from credit_rollover_waits
                        union all select format('tally %s %s', step, users_expired) from credit_rollover_tallies
                        union all select 'decision ' || user_id from credit_rollover_dry_run_decisions
                        union all select 'token ' || token from credit_rollover_tokens
                        union all select format('instance %s execution %s', i.job_instance_id, e.job_execution_id)
                                  from credit_rollover_batch_job_instance i join credit_rollover_batch_job_execution e
                                  using (job_instance_id)
                        union all select 'mail ' || recipient from credit_rollover_outbox
                        union all select 'audit ' || result from credit_rollover_audit where outcome is null
                        union all select 'message ' || region from credit_rollover_channel_message
                        union all select 'slice ' || last_id from credit_rollover_slices
                        union all select 'address ' || address from credit_rollover_known_addresses
                        """).query(String.class).list();
    }
}
