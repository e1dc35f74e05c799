package io.creditrollover.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import io.creditrollover.decision.PlanTerms;
import io.creditrollover.decision.RolloverPolicy;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** On the 5th hardly anybody has paid yet. What had come in by then in earlier months says whether that is usual. */
class RenewalsTest {
    private static final LocalDate DECEMBER = LocalDate.of(2026, 12, 1);

    private final TestDatabase database = TestDatabase.migrated();
    private final HostFixture host = HostFixture.in(database).on(DECEMBER);

    private static Instant at(String localTime) {
        return Instant.parse(localTime + ":00+05:30");
    }

    private Optional<Renewals> on(String localTime) {
        return on(localTime, DECEMBER);
    }

    private Optional<Renewals> on(String localTime, LocalDate date) {
        return Renewals.before(policy(date), at(localTime), database.jdbc());
    }

    private static RolloverPolicy policy(LocalDate date) {
        return new RolloverPolicy(
                date,
                HostFixture.BUSINESS_ZONE,
                Map.of("monthly", PlanTerms.ELIGIBLE, "power", PlanTerms.ELIGIBLE),
                Set.of("starter"),
                Duration.ZERO,
                Set.of());
    }

    private void paid(String plan, String... times) {
        HostFixture.User user = host.aUser(10);
        for (String time : times) {
            user.paid(plan, 50, at(time));
        }
    }

    @Test
    void countsUsersByThisDayAndInEarlierMonthsByTheSame() {
        paid("monthly", "2026-11-01T00:00", "2026-11-03T09:00"); // once, though twice
        paid("power", "2026-11-05T11:59");
        paid("monthly", "2026-11-05T12:01"); // still to come
        paid("starter", "2026-11-02T10:00");
        paid("monthly", "2026-10-05T11:59");
        paid("monthly", "2026-10-05T12:00");
        paid("monthly", "2026-10-31T23:59");
        paid("monthly", "2026-09-01T00:00");
        host.aUser(10).payment("monthly", 50, "pending", at("2026-11-02T10:00"));

        assertThat(on("2026-11-05T12:00"))
                .contains(new Renewals(
                        LocalDate.of(2026, 11, 1),
                        2,
                        List.of(
                                new Renewals.Earlier(LocalDate.of(2026, 10, 1), 1, 3),
                                new Renewals.Earlier(LocalDate.of(2026, 9, 1), 1, 1))));
    }

    @Test
    void aMonthBeforeTheFirstPaymentIsLeftOut() {
        paid("monthly", "2026-11-02T10:00");

        assertThat(on("2026-11-05T12:00")).contains(new Renewals(LocalDate.of(2026, 11, 1), 1, List.of()));
    }

    @Test
    void theLastDayOfALongMonthComparesWithTheLastOfAShortOne() {
        paid("monthly", "2026-10-31T10:00");
        paid("monthly", "2026-09-30T10:00");

        assertThat(on("2026-10-31T12:00", LocalDate.of(2026, 11, 1)))
                .contains(new Renewals(
                        LocalDate.of(2026, 10, 1), 1, List.of(new Renewals.Earlier(LocalDate.of(2026, 9, 1), 1, 1))));
    }

    @Test
    void fromTheCutOffOnAndForALaterMonthThereAreNone() {
        paid("monthly", "2026-11-02T10:00");

        assertThat(on("2026-12-01T00:00")).isEmpty();
        assertThat(on("2026-11-30T23:59")).isPresent();
        assertThat(on("2026-10-31T23:59")).isEmpty();
    }

    /** On a large host the forecast would scan all payments three times more. */
    @Test
    void wherePaymentsAreManyAndNoIndexServesTheForecastComesWithoutThem() throws Exception {
        paid("monthly", "2026-10-02T10:00", "2026-11-02T10:00");
        try (Connection one = database.open()) {
            JdbcClient jdbc = JdbcClient.create(new SingleConnectionDataSource(one, true));
            jdbc.sql("set seq_page_cost = 1e6").update(); // as a table of many pages
            List<String> indexes = jdbc.sql("select indexrelid::regclass::text from pg_index"
                            + " where indrelid = 'payments'::regclass and not indisprimary")
                    .query(String.class)
                    .list();
            indexes.forEach(index -> jdbc.sql("drop index " + index).update());
            assertThat(Renewals.before(policy(DECEMBER), at("2026-11-05T12:00"), jdbc))
                    .isEmpty();

            jdbc.sql("create index on payments (created_at)").update();
            assertThat(Renewals.before(policy(DECEMBER), at("2026-11-05T12:00"), jdbc))
                    .isPresent();
        }
    }
}
