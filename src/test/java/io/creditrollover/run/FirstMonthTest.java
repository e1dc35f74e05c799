package io.creditrollover.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.Month;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.Cli;
import org.junit.jupiter.api.Test;

/** A month from the command line to the tables, with people one can tell apart. */
class FirstMonthTest {
    private final TestDatabase database = TestDatabase.migrated();
    private final HostFixture host = HostFixture.in(database);

    @Test
    void keepsWhatPayingUsersHoldAndExpiresTheRest() {
        HostFixture.User paying = host.aPayingUser();
        HostFixture.User toppedUp = host.aUserWhoToppedUp();
        HostFixture.User lapsed = host.aLapsedUser();
        HostFixture.User neverPaid = host.aUserWhoNeverPaid();
        HostFixture.User renewed = host.aUserWhoRenewed();
        HostFixture.User newcomer = host.aNewcomer();

        Cli.Result result = Cli.on(database).run("run", "--approve=a test", "--json");

        assertThat(result.exitCode()).as(result.err()).isZero();
        Month month = Month.of(database);
        assertThat(month.figures()).isEqualTo(new Month.Figures("COMPLETED", 5, 2, 3, 0, 195, 130, 65));
        assertThat(month.eventOf(paying).reasonCode()).isEqualTo("ELIGIBLE_PLAN");
        assertThat(month.eventOf(toppedUp).reasonCode()).isEqualTo("PLAN_NOT_ELIGIBLE");
        assertThat(month.eventOf(lapsed).reasonCode()).isEqualTo("WINDOW_ELAPSED");
        assertThat(month.eventOf(neverPaid).reasonCode()).isEqualTo("NO_PAYMENT");
        assertThat(month.eventOf(renewed).reasonCode()).isEqualTo("RENEWED_AFTER_CUTOFF");
        assertThat(month.balances()).containsEntry(paying.id(), 40).containsEntry(toppedUp.id(), 0);
        assertThat(month.balances()).containsEntry(newcomer.id(), 5);
        assertThat(month.events()).doesNotContainKey(newcomer.id());
    }
}
