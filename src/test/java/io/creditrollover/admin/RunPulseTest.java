package io.creditrollover.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.TestApplication;
import io.creditrollover.lease.Leases;
import io.creditrollover.run.RolloverService;
import io.creditrollover.run.RunOverview;
import io.creditrollover.run.RunSummary;
import org.junit.jupiter.api.Test;

/** A page reads a run's status first, then its lease. */
class RunPulseTest {
    private final TestDatabase database = TestDatabase.migrated();

    @Test
    void aRunThatEndsBetweenTheTwoReadsIsNotLost() throws Exception {
        HostFixture.in(database).aLapsedUser();
        try (TestApplication product = TestApplication.on(database, "rollover.safety.max-delay=P9999D")) {
            product.run();
            RunPulse pulse = new RunPulse(product.bean(Leases.class), product.bean(RunOverview.class));
            database.execute("update credit_rollover_runs set status = 'RUNNING'");
            RunSummary running = product.bean(RolloverService.class).runs().get(0);

            assertThat(pulse.of(running, 1).lost())
                    .as("no process has its lease")
                    .isTrue();

            database.execute("update credit_rollover_runs set status = 'COMPLETED'");
            assertThat(pulse.of(running, 1)).isEqualTo(RunPulse.Pulse.NONE);
        }
    }
}
