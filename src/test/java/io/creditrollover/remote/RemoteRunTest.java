package io.creditrollover.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditrollover.HostFixture;
import io.creditrollover.Month;
import io.creditrollover.Obstacles;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.TestApplication;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import io.creditrollover.lease.StopSignal;
import io.creditrollover.run.RunOutcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A month that one process leads and others work on ends as if one process had done it all. */
class RemoteRunTest {
    private static final int USERS = 3_000;

    private static TestDatabase template;
    private static Month twin;

    private final TestDatabase database = template.copy();
    private final Obstacles obstacles = Obstacles.in(database);

    @BeforeAll
    static void liveTheMonthOnceInOneProcess() throws Exception {
        template = TestDatabase.migrated();
        HostFixture.in(template).manyUsers(USERS);
        TestDatabase alone = template.copy();
        try (TestApplication product = TestApplication.on(alone)) {
            product.run();
        }
        twin = Month.of(alone);
        assertThat(twin.figures().usersProcessed()).isEqualTo(USERS);
    }

    @Test
    void aManagerAndThreeWorkersEndLikeOneProcessAndKeepNoTransactionOpen() throws Exception {
        obstacles.slowChunks(Duration.ofMillis(10));
        try (RemoteCluster crew = new RemoteCluster(database);
                OpenTransactions open = OpenTransactions.of(database)) {
            List<RemoteCluster.Member<WorkerReport>> workers =
                    List.of(crew.worker("one"), crew.worker("two"), crew.worker("three"));
            RemoteCluster.Member<RunOutcome> manager = crew.manager();

            assertCompleted(manager.end());
            long ranges = 0;
            long users = 0;
            for (RemoteCluster.Member<WorkerReport> worker : workers) {
                WorkerReport report = worker.end();
                assertThat(report.exitCode()).as(report.sentence()).isEqualTo(ExitCode.OK);
                assertThat(report.sentence()).contains("is COMPLETED");
                ranges += report.work().ranges();
                users += report.work().users();
            }
            assertThat(ranges).isEqualTo(6);
            assertThat(users).isEqualTo(USERS);
            // Ten chunks a range; three workers commit at a time.
            assertThat(open.mostCommitsSeen()).isLessThanOrEqualTo(8);
            assertThat(open.listening()).containsExactly("idle");
        }
        assertThat(database.count("select count(*) from credit_rollover_channel_message"))
                .isZero();
    }

    @Test
    void withoutWorkersTheManagerGivesUpAndAnyoneGoesOn() throws Exception {
        try (RemoteCluster crew = new RemoteCluster(database, "rollover.remote.wait-for-workers=PT1S")) {
            RunOutcome outcome = crew.manager().end();

            assertThat(outcome.exitCode()).isEqualTo(ExitCode.RETRY);
            assertThat(outcome.run().status().name()).isEqualTo("FAILED");
            assertThat(outcome.sentence()).contains("No worker was running", "6 partitions are not done", "worker");
            assertCompleted(crew.application().run());
        }
    }

    @Test
    void aWorkerThatStopsGivesItsRangeBackAtOnce() throws Exception {
        obstacles.slowChunks(Duration.ofMillis(50));
        try (RemoteCluster crew = new RemoteCluster(database)) {
            RemoteCluster.Member<RunOutcome> manager = crew.manager();
            RemoteCluster.Member<WorkerReport> stopped = crew.worker("stopped");
            obstacles.awaitEvents(100);
            stopped.signal().request();
            WorkerReport report = stopped.end();
            assertThat(report.exitCode()).isEqualTo(ExitCode.RETRY);
            assertThat(report.sentence()).contains("returned").contains("continues");
            obstacles.clear();

            assertThat(crew.worker("next").end().exitCode()).isEqualTo(ExitCode.OK);
            assertCompleted(manager.end());
        }
        assertThat(database.count("select max(claim) from credit_rollover_claims"))
                .as("taken twice")
                .isGreaterThanOrEqualTo(2);
    }

    @Test
    void aRangeWhoseWorkerIsSilentGoesOnElsewhere() throws Exception {
        try (RemoteCluster crew = new RemoteCluster(database, "rollover.lease.duration=PT20S")) {
            RemoteCluster.Member<RunOutcome> manager = crew.manager();
            obstacles.await("select count(*) = 6 from credit_rollover_partitions");
            long range = database.count("select min(step_execution_id) from credit_rollover_partitions");
            assertThat(crew.application().bean(Claims.class).take(range, 1, "dead"))
                    .isPresent();

            WorkerReport report = crew.worker("alive").end();

            assertThat(report.work().ranges()).isEqualTo(6);
            assertCompleted(manager.end());
        }
    }

    /** As one that was frozen while it sent a statement: no timeout of the server ends its session. */
    @Test
    void aRangeWhoseSilentWorkerHoldsItsLocksGoesOnElsewhere() throws Exception {
        try (RemoteCluster crew = new RemoteCluster(database, "rollover.lease.duration=PT20S");
                Connection frozen = database.open();
                Statement chunk = frozen.createStatement()) {
            RemoteCluster.Member<RunOutcome> manager = crew.manager();
            obstacles.await("select count(*) = 6 from credit_rollover_partitions");
            long range = database.count("select min(step_execution_id) from credit_rollover_partitions");
            assertThat(crew.application().bean(Claims.class).take(range, 1, "frozen"))
                    .isPresent();
            frozen.setAutoCommit(false);
            chunk.execute("select from credit_rollover_tokens for share");
            chunk.execute("select from credit_rollover_claims where step_execution_id = " + range + " for share");

            WorkerReport report = crew.worker("alive").end();

            assertThat(report.work().ranges()).isEqualTo(6);
            assertCompleted(manager.end());
            assertThatThrownBy(frozen::commit).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void aMessageThatDiedWithItsReceiverIsSentAgain() throws Exception {
        try (RemoteCluster crew = new RemoteCluster(database, "rollover.lease.duration=PT20S")) {
            RemoteCluster.Member<RunOutcome> manager = crew.manager();
            obstacles.await("select count(*) = 6 from credit_rollover_channel_message");
            database.execute("delete from credit_rollover_channel_message where message_sequence % 2 = 0");

            assertThat(crew.worker("alive").end().work().ranges()).isEqualTo(6);
            assertCompleted(manager.end());
        }
    }

    @Test
    void workersEndWhenTheManagerIsStoppedAndTheRunGoesOnWithOthers() throws Exception {
        obstacles.slowChunks(Duration.ofMillis(30));
        long executionId;
        try (RemoteCluster crew = new RemoteCluster(database)) {
            RemoteCluster.Member<RunOutcome> manager = crew.manager();
            RemoteCluster.Member<WorkerReport> worker = crew.worker("first");
            obstacles.awaitEvents(200);
            manager.signal().request();

            RunOutcome outcome = manager.end();
            assertThat(outcome.exitCode()).isEqualTo(ExitCode.RETRY);
            assertThat(outcome.run().status().name()).isEqualTo("STOPPED");
            WorkerReport report = worker.end();
            assertThat(report.exitCode()).isEqualTo(ExitCode.OK);
            assertThat(report.sentence()).contains("is STOPPED");
            long events = database.count("select count(*) from credit_rollover_events");
            assertThat(events).isBetween(200L, USERS - 1L);
            executionId = outcome.run().executionId();
        }
        obstacles.clear();
        try (RemoteCluster crew = new RemoteCluster(database)) {
            RemoteCluster.Member<RunOutcome> manager = crew.manager(executionId);
            assertThat(crew.worker("second").end().exitCode()).isEqualTo(ExitCode.OK);
            assertCompleted(manager.end());
        }
    }

    @Test
    void workersEndWhenNobodyRenewsTheLeaseAndOneProcessGoesOn() throws Exception {
        obstacles.slowChunks(Duration.ofMillis(30));
        try (RemoteCluster crew = new RemoteCluster(database)) {
            RemoteCluster.Member<RunOutcome> manager = crew.manager();
            RemoteCluster.Member<WorkerReport> worker = crew.worker("left alone");
            obstacles.awaitEvents(200);
            // As a takeover would leave it; the manager stops at its next renewal.
            database.execute(
                    "update credit_rollover_leases set token = token + 1, expires_at = '-infinity' where name = 'writer'",
                    "update credit_rollover_tokens set token = token + 1 where name = 'writer'");
            long events = database.count("select count(*) from credit_rollover_events");

            WorkerReport report = worker.end();
            assertThat(report.exitCode()).isEqualTo(ExitCode.RETRY);
            assertThat(report.sentence()).contains("has no manager");
            assertThat(manager.end().exitCode()).isEqualTo(ExitCode.RETRY);
            assertThat(database.count("select count(*) from credit_rollover_events"))
                    .as("nothing is committed under a token that is not in force")
                    .isEqualTo(events);
            obstacles.clear();
            assertCompleted(crew.application().run());
        }
    }

    @Test
    void aRangeOnWhichThreeWorkersFailEndsTheAttemptWithItsCause() throws Exception {
        obstacles.refuseEventOf(database.count("select max(id) - 7 from users"));
        try (RemoteCluster crew = new RemoteCluster(database)) {
            RemoteCluster.Member<RunOutcome> manager = crew.manager();
            RemoteCluster.Member<WorkerReport> worker = crew.worker("unlucky");

            RunOutcome outcome = manager.end();
            assertThat(outcome.exitCode()).isEqualTo(ExitCode.RETRY);
            assertThat(outcome.sentence()).contains("3 workers failed", "refused by a test");
            assertThat(worker.end().sentence()).contains("is FAILED");
            obstacles.clear();
            assertCompleted(crew.application().run());
        }
    }

    @Test
    void theRoleThatRunsTheMonthIsEnoughForManagerAndWorkers() throws Exception {
        database.execute(Files.readString(Path.of("db", "grants", "2-batch-role.sql")));
        try (RemoteCluster crew = new RemoteCluster(database, "spring.datasource.username=credit_rollover_batch")) {
            RemoteCluster.Member<RunOutcome> manager = crew.manager();

            assertThat(crew.worker("of little right").end().exitCode()).isEqualTo(ExitCode.OK);
            assertCompleted(manager.end());
        }
    }

    @Test
    void aWorkerThatFindsNoRunSaysSoAndEnds() throws Exception {
        try (RemoteCluster crew = new RemoteCluster(database, "rollover.remote.wait-for-run=PT0S")) {
            WorkerReport report = crew.worker("early").end();

            assertThat(report.exitCode()).isEqualTo(ExitCode.OK);
            assertThat(report.sentence()).contains("No run needed a worker");
            assertThat(report.work().runId()).isNull();
        }
    }

    @Test
    void aWorkerWithAnotherLeaseThanItsManagerIsRefused() throws Exception {
        try (RemoteCluster crew = new RemoteCluster(database);
                TestApplication other = TestApplication.on(database, "rollover.lease.duration=PT30S")) {
            RemoteCluster.Member<RunOutcome> manager = crew.manager();
            obstacles.await("select count(*) = 6 from credit_rollover_partitions");

            assertThatThrownBy(() -> other.bean(Worker.class).work("other", new StopSignal()))
                    .isInstanceOfSatisfying(ExitException.class, refused -> assertThat(refused.exitCode())
                            .isEqualTo(ExitCode.CONFIGURATION))
                    .hasMessageContaining("PT30S here and PT1M");
            manager.signal().request();
            manager.end();
        }
    }

    private void assertCompleted(RunOutcome outcome) {
        assertThat(outcome.exitCode()).as(outcome.sentence()).isEqualTo(ExitCode.OK);
        assertThat(Month.of(database)).isEqualTo(twin);
    }
}
