package io.creditrollover.oracle;

import static io.creditrollover.oracle.Example.RULES;
import static io.creditrollover.oracle.Example.aUserWith;
import static io.creditrollover.oracle.Example.at;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Period;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The oracle against the worked cases of the contract. */
class OracleWorkedCasesTest {

    private static final String LATE = "2026-12-03T02:00+05:30";

    record Case(String name, String outcome, Example example) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> workedCases() {
        return Stream.of(paid(), notPaid(), aroundTheCutoff()).flatMap(cases -> cases);
    }

    private static Stream<Case> paid() {
        return Stream.of(
                new Case(
                        "paid in the middle of the month",
                        "ROLLOVER ELIGIBLE_PLAN 25 to 25 by 1",
                        aUserWith(25).paid("monthly", "2026-11-16T12:00+05:30", 50)),
                new Case(
                        "at the start of the window, inclusive",
                        "ROLLOVER ELIGIBLE_PLAN 40 to 40 by 1",
                        aUserWith(40).paid("monthly", "2026-11-01T00:00+05:30", 50)),
                new Case(
                        "a microsecond before the window",
                        "EXPIRY WINDOW_ELAPSED 40 to 0 by 1",
                        aUserWith(40).paid("monthly", "2026-10-31T23:59:59.999999+05:30", 50)),
                new Case(
                        "starter",
                        "EXPIRY PLAN_NOT_ELIGIBLE 5 to 0 by 1",
                        aUserWith(5).paid("starter", "2026-11-21T12:00+05:30", 10)),
                new Case(
                        "the last one of the month counts",
                        "EXPIRY PLAN_NOT_ELIGIBLE 30 to 0 by 2",
                        aUserWith(30)
                                .paid("monthly", "2026-11-10T12:00+05:30", 50)
                                .paid("starter", "2026-11-20T12:00+05:30", 10)));
    }

    private static Stream<Case> notPaid() {
        return Stream.of(
                new Case(
                        "a failed one does not count",
                        "ROLLOVER ELIGIBLE_PLAN 30 to 30 by 1",
                        aUserWith(30)
                                .paid("monthly", "2026-11-10T12:00+05:30", 50)
                                .monthly("failed", "2026-11-20T12:00+05:30")),
                new Case(
                        "an old pending one does not count",
                        "EXPIRY PLAN_NOT_ELIGIBLE 30 to 0 by 1",
                        aUserWith(30)
                                .paid("starter", "2026-11-10T12:00+05:30", 10)
                                .monthly("pending", "2026-11-20T12:00+05:30")),
                new Case(
                        "a refunded one does not count",
                        "EXPIRY NO_PAYMENT 30 to 0 by null",
                        aUserWith(30).monthly("refunded", "2026-11-10T12:00+05:30")),
                new Case("none", "EXPIRY NO_PAYMENT 10 to 0 by null", aUserWith(10)),
                new Case(
                        "captured, which is no status of the contract",
                        "SKIPPED PAYMENT_STATUS_UNKNOWN",
                        aUserWith(30)
                                .paid("monthly", "2026-10-05T12:00+05:30", 50)
                                .monthly("captured", "2026-11-20T12:00+05:30")));
    }

    private static Stream<Case> aroundTheCutoff() {
        return Stream.of(
                new Case(
                        "renewed before the run",
                        "ROLLOVER RENEWED_AFTER_CUTOFF 90 to 90 by 2",
                        aUserWith(90)
                                .paid("monthly", "2026-10-05T12:00+05:30", 50)
                                .paid("monthly", "2026-12-01T00:30+05:30", 50)),
                new Case(
                        "a top-up does no harm",
                        "ROLLOVER ELIGIBLE_PLAN 160 to 160 by 1",
                        aUserWith(160)
                                .paid("power", "2026-11-20T12:00+05:30", 150)
                                .paid("starter", "2026-12-01T01:00+05:30", 10)),
                new Case(
                        "run late, the bought 10 stay",
                        "EXPIRY WINDOW_ELAPSED 27 to 10 by 1",
                        aUserWith(27)
                                .readAt(LATE)
                                .paid("monthly", "2026-10-05T12:00+05:30", 50)
                                .paid("starter", "2026-12-02T12:00+05:30", 10)),
                new Case(
                        "run late, no more than was bought",
                        "ROLLOVER PURCHASED_AFTER_CUTOFF 8 to 8 by null",
                        aUserWith(8)
                                .readAt(LATE)
                                .paid("monthly", "2026-10-05T12:00+05:30", 50)
                                .paid("starter", "2026-12-02T12:00+05:30", 10)),
                new Case(
                        "signed up after the cut-off",
                        "OUT_OF_SCOPE NOT_IN_SCOPE",
                        aUserWith(5).signedUp("2026-12-01T00:30+05:30")));
    }

    @ParameterizedTest
    @MethodSource("workedCases")
    void judgesAsTheContractSays(Case worked) {
        assertThat(worked.example().outcome()).isEqualTo(worked.outcome());
        assertThat(worked.example().outcomeAfterWaiting()).isEqualTo(worked.outcome());
    }

    @Test
    void totalsOfTheWorkedCases() {
        List<OracleVerdict> verdicts =
                workedCases().map(worked -> worked.example().judge()).toList();

        // Rolled over 25 + 40 + 30 + 90 + 160 + 8 whole, 10 of 27; expired 40, 5, 30, 30, 30, 10 whole, 17 of 27
        assertThat(OracleFigures.of(verdicts)).isEqualTo(new OracleFigures(14, 6, 7, 1, 525, 363, 162));
    }

    @Test
    void cutoffAndWindowAreMidnightsOfTheZone() {
        assertThat(RULES.cutoff()).isEqualTo(at("2026-12-01T00:00+05:30"));
        assertThat(RULES.windowStart(OraclePlan.eligible(Period.ofMonths(1)))).isEqualTo(at("2026-11-01T00:00+05:30"));
    }

    @Test
    void scopeEndsAtTheCutoff() {
        assertThat(aUserWith(5).signedUp("2026-12-01T00:00+05:30").outcome()).isEqualTo("OUT_OF_SCOPE NOT_IN_SCOPE");
        assertThat(aUserWith(5).signedUp("infinity").outcome()).isEqualTo("OUT_OF_SCOPE NOT_IN_SCOPE");
        assertThat(aUserWith(0).outcome()).isEqualTo("OUT_OF_SCOPE NOT_IN_SCOPE");
        assertThat(aUserWith(-3_000_000_000L).outcome()).isEqualTo("OUT_OF_SCOPE NOT_IN_SCOPE");

        String expiry = "EXPIRY NO_PAYMENT 5 to 0 by null";
        assertThat(aUserWith(5).signedUp("2026-11-30T23:59:59.999999+05:30").outcome())
                .isEqualTo(expiry);
        assertThat(aUserWith(5).signedUp("-infinity").outcome()).isEqualTo(expiry);
        assertThat(aUserWith(5).signedUp("0001-01-01T00:00Z").outcome()).isEqualTo(expiry);
        assertThat(aUserWith(5).signedUp(null).outcome()).isEqualTo(expiry);
    }
}
