package io.creditrollover.schema;

import static io.creditrollover.schema.GrantedDatabase.BATCH;
import static io.creditrollover.schema.GrantedDatabase.READ;
import static io.creditrollover.schema.GrantedDatabase.SERVE;
import static io.creditrollover.schema.GrantedDatabase.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditrollover.HostFixture;
import io.creditrollover.Month;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.Cli;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The roles of {@code db/grants} can do their work, and nothing beyond it. That each right is missed: the matrix. */
class GrantsTest {
    private static final TestDatabase GRANTED = GrantedDatabase.made();

    private @Nullable TestDatabase ownDatabase;

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

    /** The views' schema is of another role, and no index needs the owner of a table. */
    @Test
    void theMigrateRoleMigratesBesideViewsInASchemaOfTheirOwn() throws Exception {
        TestDatabase database = TestDatabase.fresh()
                .execute(
                        "create schema shop",
                        "create view shop.users as select * from public.users",
                        "create view shop.payments as select * from public.payments",
                        "create schema shop_rollover",
                        "set search_path = shop_rollover, shop",
                        Files.readString(Path.of("db", "grants", "1-migrate-role.sql")),
                        "reset search_path");

        Cli.Result migrated = Cli.with(
                        "spring.datasource.url=" + database.url(),
                        "spring.datasource.username=" + GrantedDatabase.MIGRATE,
                        "rollover.host.schema=shop",
                        "rollover.schema=shop_rollover")
                .run("migrate");

        assertThat(migrated.exitCode()).as(migrated.err()).isZero();
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
                "delete from credit_rollover_batch_job_execution",
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
    void theReadingRoleReadsEveryTableOfOursButThoseThatLetItsReaderIn() {
        List<String> secret = List.of(
                "credit_rollover_sessions", "credit_rollover_sessions_attributes", "credit_rollover_api_tokens");
        List<String> tables =
                new ArrayList<>(GRANTED.jdbc().sql("""
                        select relname from pg_class
                        where relkind = 'r' and relname like 'credit\\_rollover\\_%'
                        """).query(String.class).list());

        assertThat(tables).containsAll(secret);
        tables.removeAll(secret);
        secret.forEach(table -> refused(READ, "select from " + table));

        assertThat(tables).hasSizeGreaterThan(10);
        tables.forEach(table -> jdbc(READ, GRANTED)
                .sql("select count(*) from " + table)
                .query(Long.class)
                .single());
    }

    /** Else a right is granted that nothing checks, or checked and not granted. */
    @Test
    void theRightsOnTablesOfOursAreThoseOfTheirList() {
        List<String> batch = listed(ProductTables.Table::batchRights);
        batch.add("credit_rollover_events INSERT");
        batch.add("credit_rollover_schema_history SELECT");

        assertThat(rightsOf(BATCH)).containsExactlyInAnyOrderElementsOf(batch);
        assertThat(rightsOf(SERVE)).containsExactlyInAnyOrderElementsOf(listed(ProductTables.Table::serveRights));
    }

    private static List<String> listed(Function<ProductTables.Table, List<String>> rights) {
        return new ArrayList<>(ProductTables.ALL.stream()
                .flatMap(table -> rights.apply(table).stream().map(right -> table.name() + " " + right))
                .toList());
    }

    private static List<String> rightsOf(String role) {
        return GRANTED.jdbc().sql("""
                        select c.relname || ' ' || a.privilege_type from pg_class c, aclexplode(c.relacl) a
                        where c.relkind = 'r' and c.relname like 'credit\\_rollover\\_%' and a.grantee = :role::regrole
                        """).param("role", role).query(String.class).list();
    }

    @Test
    void theServingRoleMayRunAMonthAndCannotRewriteItsAudit() {
        new OwnRights(jdbc(SERVE, GRANTED)).requireForLive();
        new OwnRights(jdbc(SERVE, GRANTED)).requireForServing();

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
}
