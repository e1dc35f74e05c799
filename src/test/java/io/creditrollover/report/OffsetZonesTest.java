package io.creditrollover.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.TestApplication;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.lease.StopSignal;
import io.creditrollover.notify.Overdue;
import io.creditrollover.run.RolloverService;
import io.creditrollover.run.RunOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A zone given as an offset means what it says; PostgreSQL would read it with the opposite sign. */
class OffsetZonesTest {
    private final TestDatabase database = TestDatabase.migrated();
    private final HostFixture host = HostFixture.in(database);

    @ParameterizedTest
    @ValueSource(strings = {"Asia/Kolkata", "+05:30", "UTC+05:30", "GMT+05:30"})
    void monthsOfReportsBeginWhereTheZoneSays(String zone) throws Exception {
        Instant begins = host.date()
                .minusMonths(1)
                .atStartOfDay(HostFixture.BUSINESS_ZONE)
                .toInstant();
        host.aUser(10).paid("starter", 10, begins.minus(Duration.ofDays(3))).paid("monthly", 50, begins);
        host.aUser(10).paid("starter", 10, begins.minus(Duration.ofDays(3))).paid("monthly", 50, begins.minusMillis(1));
        HostFixture.User back = host.aUser(10);
        try (TestApplication product =
                TestApplication.on(database, "rollover.zone=" + zone, "rollover.safety.max-delay=P99D")) {
            run(product, 1);
            back.paid("starter", 10, host.cutoff().minusMillis(1));
            database.execute("update users set credits = 10");
            long last = run(product, 0);

            RunFigures figures = product.bean(Figures.class).of(last);

            assertThat(figures.paymentMonths())
                    .filteredOn(
                            month -> !month.rolloverDate().isBefore(host.date().minusMonths(1)))
                    .extracting(PaymentMonth::usersConverted)
                    .containsExactly(1L, 1L);
            assertThat(figures.cameBack())
                    .filteredOn(month -> month.rolloverDate().equals(host.date()))
                    .extracting(WinBack::usersCameBack)
                    .containsExactly(1L);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"+05:30", "UTC+05:30", "-11:00", "UTC-11:00", "Z"})
    void aMonthIsOverdueFromItsOwnCutoffOn(String zone) {
        java.time.ZoneId id = java.time.ZoneId.of(zone);
        Instant now = Instant.now();
        java.time.LocalDate date = java.time.LocalDate.ofInstant(now, id).withDayOfMonth(1);
        Duration since = Duration.between(date.atStartOfDay(id).toInstant(), now);

        assertThat(overdue(zone, since.minusMinutes(30))).hasValue(date);
        assertThat(overdue(zone, since.plusMinutes(30))).isEmpty();
    }

    private java.util.Optional<java.time.LocalDate> overdue(String zone, Duration after) {
        Duration notNegative = after.isNegative() ? Duration.ZERO : after;
        try (TestApplication product =
                TestApplication.on(database, "rollover.zone=" + zone, "rollover.overdue-after=" + notNegative)) {
            return product.bean(Overdue.class).date();
        }
    }

    private long run(TestApplication product, int monthsBack) throws Exception {
        RunOutcome outcome = product.bean(RolloverService.class)
                .run(TestApplication.request(host.date().minusMonths(monthsBack), false, "a test", new StopSignal()));
        assertThat(outcome.exitCode()).as(outcome.sentence()).isEqualTo(ExitCode.OK);
        return Objects.requireNonNull(outcome.run().runId());
    }
}
