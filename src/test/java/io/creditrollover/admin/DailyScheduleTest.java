package io.creditrollover.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.TestApplication;
import org.junit.jupiter.api.Test;

/** The daily work inside {@code serve}. Its cron fires each second. */
class DailyScheduleTest {
    private final TestDatabase database = TestDatabase.migrated();
    private final HostFixture host = HostFixture.in(database);

    @Test
    void serveDoesTheDailyWorkWhenItIsDue() throws Exception {
        HostFixture.User late = host.aLapsedUser();
        try (TestApplication product = TestApplication.on(database)) {
            product.run();
        }
        late.paid("monthly", 50, host.inTheMonth());
        try (TestApplication server = ConsoleServer.start(database, "rollover.schedule.daily-cron=* * * * * *")) {
            DailySchedule schedule = server.bean(DailySchedule.class);
            while (!schedule.look()) {
                Thread.sleep(50);
            }
        }
        assertThat(host.creditsOf(late)).isEqualTo(25);
        assertThat(database.count("select count(*) from credit_rollover_runs where mode = 'reinstate'"
                        + " and requested_by = 'schedule via serve'"))
                .isPositive();
    }

    @Test
    void beforeItIsDueNothingIsDone() {
        try (TestApplication server = ConsoleServer.start(database, "rollover.schedule.daily-cron=0 0 10 29 2 *")) {
            assertThat(server.bean(DailySchedule.class).look()).isFalse();
        }
    }
}
