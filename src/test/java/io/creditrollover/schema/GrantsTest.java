package io.creditrollover.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditrollover.HostFixture;
import io.creditrollover.Month;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.Cli;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The roles of {@code db/grants} can do their work, and nothing beyond it. */
class GrantsTest {
    private static final String MIGRATE = "credit_rollover_migrate";
    private static final String BATCH = "credit_rollover_batch";
    private static final String READ = "credit_rollover_read";
    private static final String SERVE = "credit_rollover_serve";

    private static final TestDatabase GRANTED = granted();

    private @Nullable TestDatabase ownDatabase;

    /** The host's tables belong to an ordinary role, as they do in production. */
    private static TestDatabase granted() {
        TestDatabase database = TestDatabase.fresh();
        database.execute(
                "do $$ begin if to_regrole('saas') is null then create role saas; end if; end $$",
                "alter table users owner to saas",
                "alter table payments owner to saas",
                "alter table payment_plans owner to saas",
                script("1-migrate-role.sql"));
        Cli.Result migrated = as(MIGRATE, database).run("migrate");
        assertThat(migrated.exitCode()).as(migrated.err()).isZero();
        return database.execute(script("2-batch-role.sql"), script("3-read-role.sql"), script("4-serve-role.sql"));
    }

    private static String script(String name) {
        try {
            return Files.readString(Path.of("db", "grants", name));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    private static Cli as(String role, TestDatabase database) {
        return Cli.with("spring.datasource.url=" + database.url(), "spring.datasource.username=" + role);
    }

    private static JdbcClient jdbc(String role, TestDatabase database) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(database.url());
        source.setUser(role);
        return JdbcClient.create(source);
    }

    /** A copy of its own for a test that changes something. */
    private TestDatabase own() {
        if (ownDatabase == null) {
            ownDatabase = GRANTED.copy();
        }
        return ownDatabase;
    }

    private HostFixture host() {
        return HostFixture.in(own());
    }

    @Test
    void theBatchRoleRunsAMonthAndUndoesIt() {
        HostFixture.User paying = host().aPayingUser();
        HostFixture.User lapsed = host().aLapsedUser();

        Cli.Result run = as(BATCH, own()).run("run", "--approve=a test", "--json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(Month.of(own()).balances()).containsEntry(paying.id(), 40).containsEntry(lapsed.id(), 0);

        String execution = run.json().path("executionId").asString();
        Cli.Result undo = as(BATCH, own()).run("undo", execution, "--reason=a test");
        assertThat(undo.exitCode()).as(undo.err()).isZero();
        assertThat(host().creditsOf(lapsed)).isEqualTo(25);
    }

    @Test
    void theBatchRoleMakesADryRunAndReadsTheStatus() {
        host().aPayingUser();

        Cli.Result dryRun = as(BATCH, own()).run("run", "--dry-run");
        assertThat(dryRun.exitCode()).as(dryRun.err()).isZero();
        assertThat(as(BATCH, own()).run("status").exitCode()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update users set name = 'x'",
                "update users set phone_number = 'x'",
                "delete from users",
                "insert into users (phone_number, name) values ('1', 'x')",
                "update payments set payment_status = 'paid'",
                "delete from payments",
                "insert into payment_plans (plan_type) values ('x')",
                "select phone_number from payments",
                "update credit_rollover_events set reason = 'x'",
                "delete from credit_rollover_events",
                "truncate credit_rollover_events",
                "delete from credit_rollover_skips",
                "delete from credit_rollover_runs",
                "delete from batch_job_execution",
                "update credit_rollover_schema_history set success = true",
                "create table x (id integer)"
            })
    void theBatchRoleCanDoNothingElse(String statement) {
        refused(BATCH, statement);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "insert into credit_rollover_skips values (1, 1, 'x', 'x')",
                "update credit_rollover_runs set status = 'COMPLETED'",
                "delete from credit_rollover_events",
                "update users set credits = 0",
                "select credits from users"
            })
    void theReadingRoleCanOnlyReadWhatIsOurs(String statement) {
        refused(READ, statement);
    }

    @Test
    void theReadingRoleReadsEveryTableOfOurs() {
        List<String> tables = GRANTED.jdbc().sql("""
                        select relname from pg_class
                        where relkind = 'r' and (relname like 'credit\\_rollover\\_%' or relname like 'batch\\_%')
                        """).query(String.class).list();

        assertThat(tables).hasSizeGreaterThan(10);
        tables.forEach(table -> jdbc(READ, GRANTED)
                .sql("select count(*) from " + table)
                .query(Long.class)
                .single());
    }

    @Test
    void theServingRoleMayRunAMonthAndCannotRewriteItsAudit() {
        new HostAccess(jdbc(SERVE, GRANTED)).requireForLive();

        refused(SERVE, "update credit_rollover_audit set who = 'x'");
        refused(SERVE, "delete from credit_rollover_audit");
        refused(BATCH, "select count(*) from credit_rollover_audit");
    }

    private void refused(String role, String statement) {
        assertThatThrownBy(() -> jdbc(role, GRANTED).sql(statement).update())
                .isInstanceOf(DataAccessException.class)
                .rootCause()
                .hasMessageContaining("permission denied");
    }

    @Test
    void eachGrantOfTheBatchRoleIsMissedByName() {
        HostAccess access = new HostAccess(jdbc(BATCH, own()));
        access.requireForLive();

        List<Grant> grants = grants();
        assertThat(grants).hasSizeGreaterThan(40);
        for (Grant grant : grants) {
            own().execute("revoke " + grant.right() + " from " + BATCH);
            assertThatThrownBy(access::requireForLive)
                    .as("without " + grant.right())
                    .isInstanceOfSatisfying(ExitException.class, missing -> {
                        assertThat(missing.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
                        assertThat(missing.sentence()).contains(BATCH, grant.what());
                    });
            own().execute("grant " + grant.right() + " to " + BATCH);
        }
    }

    @Test
    void aMissingGrantIsExit78BeforeARunIsOpened() {
        host().aPayingUser();
        own().execute("revoke update (credits) on users from " + BATCH);

        Cli.Result run = as(BATCH, own()).run("run", "--approve=a test", "--json");

        assertThat(run.exitCode()).isEqualTo(78);
        assertThat(run.json().path("error").asString())
                .isEqualTo("The role credit_rollover_batch may not update users.credits; grant it: "
                        + "GRANT UPDATE (credits) ON users TO credit_rollover_batch;");
        assertThat(own().count("select count(*) from credit_rollover_runs")).isZero();
    }

    @Test
    void whoMayNotSeeTheMigrationsGetsExit78() {
        own().execute("revoke select on credit_rollover_schema_history from " + BATCH);

        Cli.Result run = as(BATCH, own()).run("run", "--approve=a test");

        assertThat(run.exitCode()).isEqualTo(78);
        assertThat(run.err()).contains("credit_rollover_schema_history").doesNotContain("\tat ");
    }

    /** What the batch role was granted, read back from the database; the history is another test's. */
    private List<Grant> grants() {
        return GRANTED.jdbc().sql("""
                        select c.relname as name, a.privilege_type as privilege, null as column, c.relkind = 'S' as sequence
                        from pg_class c, aclexplode(c.relacl) a
                        where a.grantee = 'credit_rollover_batch'::regrole
                          and c.relname <> 'credit_rollover_schema_history'
                        union all
                        select c.relname, a.privilege_type, t.attname, false
                        from pg_attribute t join pg_class c on c.oid = t.attrelid, aclexplode(t.attacl) a
                        where a.grantee = 'credit_rollover_batch'::regrole
                        """).query(Grant.class).list();
    }

    /** A table's, a sequence's or, with {@code column}, a column's. */
    private record Grant(
            String name, String privilege, @Nullable String column, boolean sequence) {
        String right() {
            return privilege + (column == null ? "" : " (" + column + ")") + " on " + (sequence ? "sequence " : "")
                    + name;
        }

        String what() {
            return column == null ? name : name + "." + column;
        }
    }
}
