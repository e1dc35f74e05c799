package io.creditrollover.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditrollover.HostFixture;
import io.creditrollover.Month;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.Cli;
import io.creditrollover.cli.TestApplication;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import io.creditrollover.host.HostCheck;
import java.io.IOException;
import java.sql.Connection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.jdbc.datasource.init.ScriptUtils;

/** This system's tables, made beside whatever a host has already. */
class SchemaTest {
    private static final Pattern VERSION = Pattern.compile("V([0-9_]+)__.*\\.(sql|class)");

    @Test
    void theListOfVersionsIsComplete() throws IOException {
        assertThat(Schema.VERSIONS).isEqualTo(versions("classpath*:db/migration/V*.sql"));
        assertThat(Schema.VERSIONS)
                .as("the wildcard of MigrationPath.UPGRADE finds versions of two digits")
                .allMatch(version -> version.equals("9") || version.matches("\\d\\d"));

        Set<String> upgrade = versions("classpath*:db/upgrade/V*.sql", "classpath*:io/creditrollover/schema/V*.class");
        upgrade.addAll(Schema.VERSIONS);
        assertThat(MigrationPath.UPGRADE.versions()).isEqualTo(upgrade);
    }

    private static Set<String> versions(String... patterns) throws IOException {
        Set<String> there = new TreeSet<>();
        PathMatchingResourcePatternResolver resolver = new PathMatchingResourcePatternResolver();
        for (String pattern : patterns) {
            for (Resource resource : resolver.getResources(pattern)) {
                Matcher matcher = VERSION.matcher(String.valueOf(resource.getFilename()));
                if (matcher.matches()) {
                    there.add(matcher.group(1).replace('_', '.'));
                }
            }
        }
        return there;
    }

    @Test
    void migratesADatabaseOfAHostWithTablesAndMigrationsOfItsOwnAndLeavesThemAlone() {
        TestDatabase database = TestDatabase.fresh()
                .execute(
                        "create table flyway_schema_history (installed_rank int primary key, version varchar(50))",
                        "insert into flyway_schema_history values (1, '1'), (2, '7')",
                        "create table invoices (id int)",
                        "alter table users add column email text, add column referrer int");
        HostFixture host = HostFixture.in(database);
        host.aLapsedUser();

        Cli.Result migrated = Cli.on(database).run("migrate", "--json");
        Cli.Result again = Cli.on(database).run("migrate", "--json");

        assertThat(migrated.exitCode()).as(migrated.err()).isZero();
        assertThat(migrated.json().get("applied")).hasSize(Schema.VERSIONS.size() + PaymentIndexes.DEFINITIONS.size());
        assertThat(again.json().get("applied")).isEmpty();
        assertThat(database.count("select count(*) from flyway_schema_history")).isEqualTo(2);
        assertThat(database.count("select count(*) from users")).isOne();
    }

    @Test
    void aScriptThatChangedSinceItWasAppliedIsNamed() {
        TestDatabase database = TestDatabase.migrated();
        database.execute("update credit_rollover_schema_history set checksum = 1 where version = '9'");

        try (TestApplication product = TestApplication.on(database)) {
            assertThatThrownBy(() -> product.bean(Migrator.class)
                            .migrate(
                                    "public",
                                    MigrationPath.NEW,
                                    List.of("version 99"),
                                    product.bean(HostCheck.class).tables(),
                                    () -> false))
                    .isInstanceOfSatisfying(ExitException.class, refused -> {
                        assertThat(refused.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
                        assertThat(refused.sentence())
                                .contains("checksum mismatch", "version 9", "Nothing was changed");
                    });
        }
    }

    @Test
    void leavesTheTablesOfAHostThatUsesSpringBatchItselfAloneAndSaysSo() throws Exception {
        TestDatabase database = TestDatabase.fresh();
        try (Connection connection = database.open()) {
            ScriptUtils.executeSqlScript(
                    connection, new ClassPathResource("org/springframework/batch/core/schema-postgresql.sql"));
        }
        database.execute("insert into batch_job_instance (job_instance_id, version, job_name, job_key) "
                + "values (1, 0, 'hostsJob', 'key')");
        HostFixture.User lapsed = HostFixture.in(database).aLapsedUser();

        Cli.Result migrated = Cli.on(database).run("migrate", "--json");
        Cli.Result result = Cli.on(database).run("run", "--approve=a test", "--json");

        assertThat(migrated.json().path("notes").toString()).contains("batch_job_instance", "are not changed");
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(Month.of(database).balances()).containsEntry(lapsed.id(), 0);
        assertThat(database.count("select count(*) from batch_job_instance")).isOne();
        assertThat(database.count("select last_value from batch_job_instance_seq"))
                .isOne();
    }

    @Test
    void anIndexThatAKilledBuildLeftInvalidIsNoticedAndBuiltAgain() {
        TestDatabase database = TestDatabase.migrated();
        database.execute("update pg_index set indisvalid = false "
                + "where indexrelid = 'credit_rollover_payments_paid'::regclass");

        Cli.Result status = Cli.on(database).run("status", "--json");
        assertThat(status.exitCode()).isEqualTo(78);
        assertThat(status.json().get("error").asString())
                .contains("credit_rollover_payments_paid")
                .contains("migrate");

        assertThat(Cli.on(database).run("migrate").exitCode()).isZero();
        assertThat(database.count("select count(*) from pg_index where not indisvalid"))
                .isZero();
        assertThat(Cli.on(database).run("status").exitCode()).isZero();
    }

    @Test
    void aTransactionOfTheHostThatHoldsUsersHindersNoMigration() throws Exception {
        TestDatabase database = TestDatabase.fresh();
        HostFixture.in(database).aPayingUser();
        try (Connection host = database.open()) {
            host.setAutoCommit(false);
            host.createStatement().executeUpdate("update users set credits = credits - 1");

            assertThat(Cli.on(database).run("migrate").exitCode()).isZero();
            host.rollback();
        }
    }

    @Test
    void aRunMigratesFirstAndADryRunDoesNot() {
        TestDatabase database = TestDatabase.fresh();
        HostFixture.in(database).aPayingUser();

        Cli.Result dry = Cli.on(database).run("run", "--dry-run", "--json");
        assertThat(dry.exitCode()).isEqualTo(78);
        assertThat(dry.json().get("error").asString()).contains("migrate");
        assertThat(database.count("select count(*) from pg_tables where tablename like 'credit_rollover%'"))
                .isZero();

        assertThat(Cli.on(database).run("run", "--approve=a test").exitCode()).isZero();
    }

    @Test
    void theIndexesCoverWhatARunAsksOfPayments() {
        TestDatabase database = TestDatabase.migrated();
        HostFixture.in(database).manyUsers(5_000);
        String plan =
                String.join("\n", database.jdbc().sql("""
                                explain select id from payments
                                where user_id = 17 and payment_status = 'paid' and created_at < now()
                                order by created_at desc, id desc limit 1
                                """).query(String.class).list());
        assertThat(plan).contains("credit_rollover_payments_paid").doesNotContain("Seq Scan");
    }
}
