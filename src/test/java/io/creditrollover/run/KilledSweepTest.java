package io.creditrollover.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.Month;
import io.creditrollover.Objection;
import io.creditrollover.Obstacles;
import io.creditrollover.ProductProcess;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.TestApplication;
import io.creditrollover.exit.ExitCode;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A process that is killed while its sweep tells the refused users from the others. */
class KilledSweepTest {
    private static final int USERS = 600;
    private static final int REFUSED = USERS / 50;

    private final TestDatabase database = TestDatabase.migrated();

    @Test
    void resumedItEndsLikeItsTwin() throws Exception {
        HostFixture.in(database).manyUsers(USERS);
        Objection.RAISES.of(database, "id % 50 = 3");
        TestDatabase undisturbed = database.copy();
        try (TestApplication product = TestApplication.on(undisturbed)) {
            assertThat(product.run().exitCode()).isEqualTo(ExitCode.OK);
        }
        Month twin = Month.of(undisturbed);
        assertThat(twin.skips()).hasSize(REFUSED);

        killInMidSweep();
        Month half = Month.of(database);
        assertThat(half.figures().status()).isEqualTo("RUNNING");
        assertThat(half.skips()).as("nobody is skipped before all are known").isEmpty();
        assertThat(half.events()).hasSizeLessThan(USERS - REFUSED);

        try (TestApplication product = TestApplication.on(database)) {
            RunOutcome resumed = product.run();
            assertThat(resumed.exitCode()).as(resumed.sentence()).isEqualTo(ExitCode.OK);
        }
        assertThat(Month.of(database)).isEqualTo(twin);
    }

    private void killInMidSweep() throws Exception {
        Obstacles obstacles = Obstacles.in(database);
        obstacles.slowChunks(Duration.ofMillis(30));
        Map<String, String> environment = Map.of("ROLLOVER_CHUNK_SIZE", "10", "ROLLOVER_PARTITIONS", "4");
        try (ProductProcess process =
                ProductProcess.start(database, environment, "run", "--approve=a test", "--json")) {
            obstacles.await("select exists (select from credit_rollover_tallies where step = 'sweep' and"
                    + " users_expired > 0)");
            process.kill();
        }
        obstacles.awaitDeath();
        obstacles.clear();
    }
}
