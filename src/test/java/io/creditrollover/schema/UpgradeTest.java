package io.creditrollover.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.Cli;
import org.junit.jupiter.api.Test;

/** An installation whose Spring Batch tables were called batch_, as earlier versions made them or shared them with the host. */
class UpgradeTest {
    private static final String[] TABLES = {
        "job_instance",
        "job_execution",
        "job_execution_params",
        "job_execution_context",
        "step_execution",
        "step_execution_context"
    };

    private final TestDatabase database = TestDatabase.migrated();

    private void downgrade() {
        for (String table : TABLES) {
            database.execute("alter table credit_rollover_batch_" + table + " rename to batch_" + table);
        }
        for (String sequence : new String[] {"job_instance", "job_execution", "step_execution"}) {
            database.execute(
                    "alter sequence credit_rollover_batch_" + sequence + "_seq rename to batch_" + sequence + "_seq");
        }
        database.execute(
                "alter index credit_rollover_batch_job_instance_once rename to job_inst_un",
                "alter index credit_rollover_batch_job_instance_pkey rename to batch_job_instance_pkey",
                "alter index credit_rollover_batch_job_execution_pkey rename to batch_job_execution_pkey",
                "alter index credit_rollover_batch_step_execution_pkey rename to batch_step_execution_pkey",
                "alter index credit_rollover_batch_job_execution_context_pkey rename to batch_job_execution_context_pkey",
                "alter index credit_rollover_batch_step_execution_context_pkey rename to batch_step_execution_context_pkey",
                "insert into batch_job_instance values (900, 0, 'hostsJob', 'key')",
                "delete from credit_rollover_schema_history where version = '9'");
    }

    @Test
    void keepsItsRunsAndTheirExecutionsAndGoesOn() {
        HostFixture.User lapsed = HostFixture.in(database).aLapsedUser();
        Cli.Result before = Cli.on(database).run("run", "--approve=a test", "--json");
        String execution = before.json().path("executionId").asString();
        downgrade();

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
