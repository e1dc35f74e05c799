package io.creditrollover.schema;

import static io.creditrollover.schema.GrantedDatabase.BATCH;
import static io.creditrollover.schema.GrantedDatabase.DAILY;
import static io.creditrollover.schema.GrantedDatabase.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.Cli;
import io.creditrollover.cli.TestApplication;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import io.creditrollover.lease.StopSignal;
import io.creditrollover.people.DeletedUsers;
import io.creditrollover.people.RetentionService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The role of {@code daily} and {@code erase} can erase numbers and delete what retention names, and nothing beyond it. */
class DailyRoleTest {
    private static final TestDatabase GRANTED = GrantedDatabase.made();

    private static TestApplication product(TestDatabase database) {
        return TestApplication.on(database, "spring.datasource.username=" + DAILY);
    }

    @Test
    void erasesFollowsDeletionsAndDeletesOldRows() throws Exception {
        TestDatabase database = GRANTED.copy();
        HostFixture host = HostFixture.in(database);
        HostFixture.User asking = host.aLapsedUser();
        HostFixture.User gone = host.aLapsedUser();
        try (TestApplication product = product(database)) {
            product.run();
            database.execute("delete from payments", "delete from users where id = " + gone.id());
            database.execute("insert into credit_rollover_audit (at, who, address, action, target, result) "
                    + "values (now() - interval '4 years', 'olga', '-', 'run', 'x', 'done')");

            assertThat(product.bean(DeletedUsers.class)
                            .follow("daily", new StopSignal())
                            .users())
                    .isOne();
            assertThat(product.bean(RetentionService.class)
                            .delete("daily", new StopSignal())
                            .audit())
                    .isOne();
        }
        Cli.Result erased = as(DAILY, database).run("erase", asking.phone(), "--reason=a test");
        assertThat(erased.exitCode()).as(erased.err()).isZero();
        assertThat(database.count("select count(*) from credit_rollover_events where phone_number is not null"))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update credit_rollover_events set reason = 'x'",
                "update credit_rollover_events set credits_after = 0",
                "delete from credit_rollover_events",
                "update credit_rollover_dry_run_decisions set action = 'expiry'",
                "update credit_rollover_audit set who = 'x'",
                "delete from credit_rollover_audit",
                "delete from credit_rollover_skips",
                "delete from credit_rollover_runs",
                "delete from credit_rollover_positions",
                "select count(*) from credit_rollover_sessions",
                "select count(*) from credit_rollover_api_tokens",
                "update users set phone_number = 'x'",
                "delete from users"
            })
    void canDoNothingElse(String statement) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(GRANTED.url());
        source.setUser(DAILY);

        assertThatThrownBy(() -> JdbcClient.create(source).sql(statement).update())
                .isInstanceOf(DataAccessException.class)
                .rootCause()
                .hasMessageMatching("(?s).*(permission denied|appended to only).*");
    }

    @Test
    void theBatchRoleCannotEraseAndIsToldTheGrant() {
        TestDatabase database = GRANTED.copy();
        HostFixture.User lapsed = HostFixture.in(database).aLapsedUser();
        as(BATCH, database).run("run", "--approve=a test");

        Cli.Result refused = as(BATCH, database).run("erase", lapsed.phone(), "--reason=a test", "--json");

        assertThat(refused.exitCode()).isEqualTo(78);
        assertThat(refused.json().path("error").asString())
                .contains("GRANT UPDATE (phone_number) ON credit_rollover_events TO " + BATCH, "5-daily-role.sql");
    }

    @ParameterizedTest
    @CsvSource({
        "UPDATE (phone_number), credit_rollover_dry_run_decisions",
        "UPDATE, credit_rollover_positions",
        "INSERT, credit_rollover_audit",
        "DELETE, credit_rollover_audit",
        "DELETE, credit_rollover_dry_run_decisions",
        "DELETE, credit_rollover_outbox",
        "DELETE, credit_rollover_notices",
        "DELETE, credit_rollover_idempotency"
    })
    void aMissingGrantIsNamed(String right, String table) {
        TestDatabase database = GRANTED.copy().execute("revoke " + right + " on " + table + " from " + DAILY);
        try (TestApplication product = product(database)) {
            assertThatThrownBy(() -> {
                        product.bean(DeletedUsers.class).follow("daily", new StopSignal());
                        product.bean(RetentionService.class).delete("daily", new StopSignal());
                    })
                    .isInstanceOfSatisfying(ExitException.class, refused -> {
                        assertThat(refused.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
                        assertThat(refused.sentence()).contains("GRANT " + right + " ON " + table + " TO " + DAILY);
                    });
        }
    }
}
