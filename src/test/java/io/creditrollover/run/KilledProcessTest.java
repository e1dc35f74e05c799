package io.creditrollover.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.creditrollover.HostFixture;
import io.creditrollover.Month;
import io.creditrollover.Obstacles;
import io.creditrollover.ProductProcess;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.TestApplication;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The product as a process that is ended from outside in the middle of the month, and run again. */
class KilledProcessTest {
    private static final int USERS = 2_000;
    private static final Map<String, String> ENVIRONMENT =
            Map.of("ROLLOVER_CHUNK_SIZE", "10", "ROLLOVER_PARTITIONS", "4");

    private final TestDatabase database = TestDatabase.migrated();
    private Month twin;

    @BeforeEach
    void liveTheMonthOnceUndisturbed() throws Exception {
        HostFixture.in(database).manyUsers(USERS);
        TestDatabase undisturbed = database.copy();
        try (TestApplication product = TestApplication.on(undisturbed)) {
            product.run();
        }
        twin = Month.of(undisturbed);
        assertThat(twin.figures().usersProcessed()).isEqualTo(USERS);
    }

    @Test
    void killedInTheMiddleItEndsLikeItsTwinWhenRestartedUnderTheRulesItBeganWith() throws Exception {
        long executionId = disturb(ProductProcess::kill);
        assertThat(Month.of(database).figures().status()).isEqualTo("RUNNING");

        try (TestApplication changed = TestApplication.on(
                database, "rollover.plans.power.eligible=false", "rollover.plans.monthly.max-credits=3")) {
            ExitException refused = catchThrowableOfType(ExitException.class, () -> changed.restart(executionId));
            assertThat(refused.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
            assertThat(refused.sentence())
                    .contains("rollover.plans.power.eligible was true, is now false")
                    .contains("rollover.plans.monthly.max-credits was not set, is now 3")
                    .contains("Set the old values again to resume it, or undo the run.");
        }
        try (TestApplication putBack = TestApplication.on(database)) {
            assertThat(putBack.restart(executionId).exitCode()).isEqualTo(ExitCode.OK);
        }
        assertThat(Month.of(database)).isEqualTo(twin);
    }

    @Test
    void terminatedInMidChunkItSaysSoAndEndsLikeItsTwinWhenRunAgain() throws Exception {
        disturb(process -> {
            process.terminate();
            assertThat(process.await()).as(process.err()).isEqualTo(75);
            assertThat(process.out()).contains("\"status\":\"STOPPED\"").contains("\"exitCode\":75");
            assertThat(process.err()).doesNotContain("\tat ");
        });
        assertThat(Month.of(database).figures().status()).isEqualTo("STOPPED");

        try (TestApplication product = TestApplication.on(database)) {
            assertThat(product.run().exitCode()).isEqualTo(ExitCode.OK);
        }
        assertThat(Month.of(database)).isEqualTo(twin);
    }

    /** Starts a run, disturbs it when some of its chunks are written, and returns its execution. */
    private long disturb(Disturbance disturbance) throws Exception {
        Obstacles obstacles = Obstacles.in(database);
        obstacles.slowChunks(Duration.ofMillis(30));
        try (ProductProcess process =
                ProductProcess.start(database, ENVIRONMENT, "run", "--approve=a test", "--json")) {
            obstacles.awaitEvents(100);
            disturbance.of(process);
        }
        obstacles.awaitDeath();
        obstacles.clear();
        assertThat(database.count("select count(*) from credit_rollover_events"))
                .isBetween(100L, USERS - 1L);
        return database.count("select max(job_execution_id) from credit_rollover_batch_job_execution");
    }

    @FunctionalInterface
    private interface Disturbance {
        void of(ProductProcess process) throws Exception;
    }
}
