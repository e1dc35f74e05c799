package io.creditrollover.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.Cli;
import io.creditrollover.cli.TestApplication;
import io.creditrollover.lease.HeldLease;
import io.creditrollover.lease.Leases;
import io.creditrollover.lease.StopSignal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** While an undo or reinstatement is at work nothing else runs; a dead undo is named, a dead reinstatement is closed. */
class UnfinishedUndoTest {
    private final TestDatabase database = TestDatabase.migrated();
    private final HostFixture host = HostFixture.in(database);
    private TestApplication product;
    private Cli cli;

    @BeforeEach
    void runTheMonth() throws Exception {
        host.aLapsedUser();
        product = TestApplication.on(database);
        cli = Cli.startedOnceWith(
                "spring.datasource.url=" + database.url(),
                "spring.datasource.username=" + TestDatabase.USERNAME,
                "rollover.lease.duration=PT8S");
        product.run();
    }

    @AfterEach
    void stop() {
        cli.end();
        product.close();
    }

    @Test
    void whileAnUndoIsAliveRunAndRestartOfAnyDateAreTriedLater() throws Exception {
        unfinished("undo", "RUNNING");
        try (HeldLease alive = product.bean(Leases.class).acquire(Leases.WRITER, "an undo", new StopSignal())) {
            assertThat(exits()).containsOnly(75);
            assertThat(alive.isLost()).isFalse();
        }
    }

    @Test
    void aDeadUndoIsNamedUntilItIsFinished() {
        String advice = "";
        for (String status : new String[] {"RUNNING", "FAILED", "STOPPED"}) {
            database.execute("delete from credit_rollover_runs where mode = 'undo'");
            unfinished("undo", status);

            assertThat(exits()).as(status).containsOnly(65);
            Cli.Result run = cli.run("run", "--json");
            advice = run.json().path("error").asString();
            assertThat(advice).contains("Finish it with undo 1 --reason=TEXT.");
            assertThat(cli.run("run", "--dry-run").exitCode()).isZero();
        }

        String command = advice.replaceAll(".*Finish it with (.*)[.]", "$1");
        assertThat(cli.run(command.split(" ")).exitCode()).as(command).isZero();
        assertThat(cli.run("restart", "1").exitCode()).isEqualTo(64);
        assertThat(cli.run("run").exitCode()).as("it was undone").isEqualTo(65);
    }

    @Test
    void whileAReinstatementIsAliveRunsAreTriedLaterAndADeadOneBlocksNothing() throws Exception {
        unfinished("reinstate", "RUNNING");
        try (HeldLease alive = product.bean(Leases.class).acquire(Leases.WRITER, "a second look", new StopSignal())) {
            assertThat(exits()).containsOnly(75);
            assertThat(alive.isLost()).isFalse();
        }

        Cli.Result run = cli.run("run", "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.json().path("status").asString()).isEqualTo("COMPLETED");
        assertThat(database.jdbc()
                        .sql("select status from credit_rollover_runs where mode = 'reinstate'")
                        .query(String.class)
                        .single())
                .isEqualTo("STOPPED");
        assertThat(cli.run("restart", "1").exitCode()).isZero();
    }

    private java.util.List<Integer> exits() {
        return java.util.List.of(
                cli.run("run").exitCode(),
                cli.run("run", "--approve=why").exitCode(),
                cli.run("run", "--date", host.date().minusMonths(1).toString()).exitCode(),
                cli.run("restart", "1").exitCode());
    }

    /** As a process that died left it, or as one that is at work has it. */
    private void unfinished(String mode, String status) {
        database.execute("""
                insert into credit_rollover_runs
                    (rollover_date, mode, status, cutoff, zone, policy, requested_by, reason, undoes_run_id)
                select rollover_date, '%s', '%s', cutoff, zone, policy, 'a test', 'a test', %s
                from credit_rollover_runs where id = 1
                """.formatted(mode, status, mode.equals("undo") ? "id" : "null"));
    }
}
