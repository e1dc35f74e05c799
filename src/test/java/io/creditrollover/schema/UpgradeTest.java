package io.creditrollover.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.Cli;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** An installation whose Spring Batch tables were called batch_, as earlier versions made them or shared them with the host. */
class UpgradeTest {
    @Test
    void keepsItsRunsAndTheirExecutionsAndGoesOn() throws SQLException {
        TestDatabase today = TestDatabase.migrated();
        HostFixture.User lapsed = HostFixture.in(today).aLapsedUser();
        Cli.Result before = Cli.on(today).run("run", "--approve=a test", "--json");
        String execution = before.json().path("executionId").asString();
        TestDatabase database = OldInstallation.of(8, today)
                .execute("insert into batch_job_instance values (900, 0, 'hostsJob', 'key')");

        assertThat(Cli.on(database).run("status").exitCode()).isEqualTo(78);
        Cli.Result migrated = Cli.on(database).run("migrate", "--json");
        assertThat(migrated.exitCode()).as(migrated.err()).isZero();
        assertThat(migrated.json().path("notes").toString()).contains("are not changed");

        assertThat(Cli.on(database).run("status", execution).exitCode()).isZero();
        Cli.Result undo = Cli.on(database).run("undo", execution, "--reason=a test");
        assertThat(undo.exitCode()).as(undo.err()).isZero();
        assertThat(HostFixture.in(database).creditsOf(lapsed)).isEqualTo(25);
        Cli.Result again = Cli.on(database).run("run", "--approve=a test");
        assertThat(again.exitCode()).as(again.err()).isZero();
        assertThat(database.count("select count(*) from batch_job_instance where job_name = 'hostsJob'"))
                .isOne();
        assertThat(database.count(
                        "select count(*) from credit_rollover_batch_job_instance where job_name = 'hostsJob'"))
                .isZero();
    }
}
