package io.creditrollover.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.TestApplication;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.rollover.Totals;
import org.junit.jupiter.api.Test;

/** A forecast groups users; a payment without a plan type must not be grouped with no payment at all. */
class PlanlessForecastTest {
    private static final int NEVER_PAID = 30;

    @Test
    void oneUserWhosePaymentNamesNoPlanIsSkippedAndThoseWhoNeverPaidExpire() throws Exception {
        TestDatabase database = TestDatabase.migrated();
        HostFixture host = HostFixture.in(database);
        for (int i = 0; i < NEVER_PAID; i++) {
            host.aUserWhoNeverPaid();
        }
        HostFixture.User planless = host.aUser(10).paid("monthly", 50, host.inTheMonth());
        database.execute(
                "alter table payments alter plan_type drop not null",
                "update payments set plan_type = null where user_id = " + planless.id());
        try (TestApplication product = TestApplication.on(
                database, "rollover.safety.max-delay=P9999D", "rollover.safety.max-payment-silence=P9999D")) {
            Totals forecast = product.bean(ForecastService.class)
                    .of(host.date())
                    .figures()
                    .totals();
            assertThat(forecast.usersExpired()).isEqualTo(NEVER_PAID);
            assertThat(forecast.usersSkipped()).isOne();

            RunOutcome outcome = product.run();

            assertThat(outcome.exitCode()).as(outcome.sentence()).isEqualTo(ExitCode.OK);
            assertThat(outcome.run().totals()).isEqualTo(forecast);
            assertThat(host.creditsOf(planless)).isEqualTo(10);
        }
    }
}
