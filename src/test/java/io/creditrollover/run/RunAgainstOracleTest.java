package io.creditrollover.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.Month;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.TestApplication;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.lease.StopSignal;
import io.creditrollover.oracle.OracleFigures;
import io.creditrollover.oracle.OracleHost;
import io.creditrollover.oracle.OraclePlan;
import io.creditrollover.oracle.OracleRules;
import io.creditrollover.oracle.OracleVerdict;
import io.creditrollover.oracle.RandomHost;
import io.creditrollover.oracle.RandomRules;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole months on a database, held against the oracle: every balance, event, skip and figure. */
class RunAgainstOracleTest {
    private static final Duration GRACE = Duration.ofMinutes(15);

    /** {@code -Doracle.users=20000} for more of them. */
    private static final int USERS = Integer.getInteger("oracle.users", 5_000);

    private final TestDatabase database = TestDatabase.migrated();

    @Test
    void randomUsersEndAsTheOracleSaysAndASecondRunChangesNothing() throws Exception {
        OracleRules rules = fill(20_261_122L, HostFixture.BUSINESS_ZONE, USERS);
        Map<Long, OracleVerdict> expected = judge(rules);

        try (TestApplication product = TestApplication.on(database, settings(rules, "rollover.chunk-size=700"))) {
            RunOutcome outcome = product.run();
            assertThat(outcome.exitCode()).as(outcome.sentence()).isEqualTo(ExitCode.OK);
            Month month = Month.of(database);
            assertAsExpected(month, expected);
            assertThat(outcome.run().totals().usersProcessed())
                    .isEqualTo(month.figures().usersProcessed());

            RunOutcome second = product.bean(RolloverService.class)
                    .run(TestApplication.request(null, false, null, new StopSignal()));
            assertThat(second.exitCode()).isEqualTo(ExitCode.OK);
            assertThat(second.sentence()).contains("already complete");
            assertThat(Month.of(database)).isEqualTo(month);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "11, America/Sao_Paulo, 1, 1", // one range, one user a chunk
        "12, Pacific/Kiritimati, 3, 97",
        "13, America/St_Johns, 8, 1000",
    })
    void soDoMonthsInOtherZonesWithOtherChunks(long seed, String zone, int partitions, int chunkSize) throws Exception {
        OracleRules rules = fill(seed, ZoneId.of(zone), 500);
        Map<Long, OracleVerdict> expected = judge(rules);

        try (TestApplication product = TestApplication.on(
                database, settings(rules, "rollover.chunk-size=" + chunkSize, "rollover.partitions=" + partitions))) {
            assertThat(product.run().exitCode()).isEqualTo(ExitCode.OK);
        }
        assertAsExpected(Month.of(database), expected);
    }

    @Test
    void zonesOfJvmAndSessionMakeNoDifference() throws Exception {
        OracleRules rules = fill(4_711L, HostFixture.BUSINESS_ZONE, 1_000);
        Map<Long, OracleVerdict> expected = judge(rules);
        TestDatabase twin = database.copy();

        Month one = monthWith("Asia/Tokyo", "America/St_Johns", database, rules);
        Month other = monthWith("America/Los_Angeles", "Pacific/Kiritimati", twin, rules);

        assertAsExpected(one, expected);
        assertThat(other).isEqualTo(one);
        assertThat(reasons(twin)).isEqualTo(reasons(database));
    }

    private static Month monthWith(String jvm, String session, TestDatabase database, OracleRules rules)
            throws InterruptedException {
        TimeZone before = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone(jvm));
        try (TestApplication product = TestApplication.on(
                database,
                settings(rules, "spring.datasource.hikari.connection-init-sql=set time zone '" + session + "'"))) {
            assertThat(product.run().exitCode()).isEqualTo(ExitCode.OK);
            return Month.of(database);
        } finally {
            TimeZone.setDefault(before);
        }
    }

    private static List<String> reasons(TestDatabase database) {
        return database.jdbc().sql("""
                        select user_id || ' ' || reason || ' ' || coalesce(extract(epoch from paid_at)::text, '-')
                        from credit_rollover_events order by user_id
                        """).query(String.class).list();
    }

    /** Random rules and a random host; nobody's payment is young enough to be waited for. */
    private OracleRules fill(long seed, ZoneId zone, int users) throws SQLException {
        LocalDate date = LocalDate.ofInstant(Instant.now(), zone).withDayOfMonth(1);
        try (Connection connection = database.open()) {
            OracleRules rules = RandomRules.of(seed, zone, date).withPendingGrace(GRACE);
            RandomHost host = RandomHost.with(seed, rules, OracleHost.clock(connection))
                    .users(users)
                    .believable(0.5)
                    .clockMargin(GRACE.minusMinutes(1))
                    .strayPhones()
                    .build();
            host.insertPlansInto(connection);
            host.insertInto(connection);
            database.execute("""
                    update payments set created_at = created_at - interval '1 hour'
                    where payment_status = 'pending' and created_at between now() - interval '20 minutes' and now()
                    """, "analyze");
            return rules;
        }
    }

    private Map<Long, OracleVerdict> judge(OracleRules rules) throws SQLException {
        try (Connection connection = database.open()) {
            OracleRules known = rules.withKnownPlanTypes(OracleHost.knownPlanTypes(connection));
            return OracleHost.load(connection).judgeAllAfterWaiting(known, OracleHost.clock(connection));
        }
    }

    private static String[] settings(OracleRules rules, String... more) {
        List<String> settings = new ArrayList<>(List.of(more));
        settings.add("rollover.zone=" + rules.zone());
        settings.add("rollover.pending-grace=" + rules.pendingGrace());
        int number = 0;
        for (String status : rules.unpaidStatuses()) {
            settings.add("rollover.host.unpaid-statuses[" + number++ + "]=" + status);
        }
        // Of no account where the rules do not name them: their window must not reach further back than those of the
        // rules.
        for (String byDefault : List.of("monthly", "power")) {
            settings.add("rollover.plans." + byDefault + ".eligible=false");
            settings.add("rollover.plans." + byDefault + ".window="
                    + rules.plans().values().iterator().next().window());
        }
        for (Map.Entry<String, OraclePlan> plan : rules.plans().entrySet()) {
            String key = "rollover.plans." + plan.getKey();
            settings.add(key + ".eligible=" + plan.getValue().eligible());
            settings.add(key + ".window=" + plan.getValue().window());
            settings.add(key + ".carry-percent=" + plan.getValue().carryPercent());
            if (plan.getValue().maxCredits() != null) {
                settings.add(key + ".max-credits=" + plan.getValue().maxCredits());
            }
        }
        return settings.toArray(String[]::new);
    }

    private static void assertAsExpected(Month month, Map<Long, OracleVerdict> expected) {
        Map<Long, String> verdicts = new TreeMap<>();
        Map<Long, String> found = new TreeMap<>();
        expected.forEach((userId, verdict) -> {
            verdicts.put(userId, said(inTermsOf(userId, month, verdict)));
            found.put(userId, said(userId, month));
        });
        assertThat(found).isEqualTo(verdicts);
        OracleFigures figures = OracleFigures.of(expected.values());
        assertThat(month.figures())
                .isEqualTo(new Month.Figures(
                        "COMPLETED",
                        figures.usersProcessed(),
                        figures.usersRolledOver(),
                        figures.usersExpired(),
                        figures.usersSkipped(),
                        figures.creditsBefore(),
                        figures.creditsRolledOver(),
                        figures.creditsExpired()));
        assertThat(month.figures().usersProcessed()).isPositive();
    }

    /** Several reasons may apply, and several renewals be equal: the contract leaves open which one is told. */
    private static OracleVerdict inTermsOf(long userId, Month month, OracleVerdict expected) {
        String skipped = month.skips().get(userId);
        if (skipped != null) {
            return expected.inTermsOf(OracleVerdict.Kind.SKIPPED, skipped, null);
        }
        List<Month.Event> events = month.events().getOrDefault(userId, List.of());
        return events.isEmpty()
                ? expected
                : expected.inTermsOf(
                        expected.kind(), expected.reasonCode(), events.get(0).paymentId());
    }

    private static String said(OracleVerdict verdict) {
        String balance = verdict.creditsAfter() + " left";
        return switch (verdict.kind()) {
            case OUT_OF_SCOPE -> balance;
            case SKIPPED, POSTPONED -> balance + ", skipped " + verdict.reasonCode();
            case ROLLOVER, EXPIRY ->
                balance + ", " + verdict.kind().name().toLowerCase(java.util.Locale.ROOT) + " "
                        + verdict.reasonCode() + " " + verdict.creditsBefore() + " to " + verdict.creditsAfter()
                        + ", " + verdict.protectedCredits() + " protected, by " + verdict.evidencePaymentId();
        };
    }

    private static String said(long userId, Month month) {
        StringBuilder said = new StringBuilder(month.balances().get(userId) + " left");
        if (month.skips().containsKey(userId)) {
            said.append(", skipped ").append(month.skips().get(userId));
        }
        for (Month.Event event : month.events().getOrDefault(userId, List.of())) {
            said.append(", ").append(event.action()).append(' ').append(event.reasonCode());
            said.append(' ').append(event.creditsBefore()).append(" to ").append(event.creditsAfter());
            said.append(", ")
                    .append(event.creditsProtected())
                    .append(" protected, by ")
                    .append(event.paymentId());
        }
        return said.toString();
    }
}
