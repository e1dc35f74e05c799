package io.creditrollover.decision;

import static io.creditrollover.decision.Rows.aUser;
import static io.creditrollover.decision.Rows.instant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditrollover.oracle.OraclePlan;
import io.creditrollover.oracle.OracleRules;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The decision: the worked cases of the contract, each row of its table, each boundary, undecidable users, and pending payments. */
class RolloverPolicyTest {
    private static final OracleRules RULES = OracleRules.defaults(LocalDate.of(2026, 12, 1));
    private static final RolloverPolicy POLICY = Rows.policy(RULES);
    private static final Instant IN_TIME = instant("2026-12-01T02:00+05:30");
    private static final Instant LATE = instant("2026-12-03T02:00+05:30");
    private static final String IN_NOVEMBER = "2026-11-16T12:00+05:30";

    record Case(String name, Rows rows, Instant now, Action action, int after, ReasonCode code) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> workedCases() {
        return Stream.of(
                keeps("paid in the month", aUser(25).paid("monthly", IN_NOVEMBER, 50), 25, ReasonCode.ELIGIBLE_PLAN),
                keeps(
                        "the window's first instant counts",
                        aUser(40).paid("monthly", "2026-11-01T00:00+05:30", 50),
                        40,
                        ReasonCode.ELIGIBLE_PLAN),
                loses(
                        "a microsecond before it does not",
                        aUser(40).paid("monthly", "2026-10-31T23:59:59.999999+05:30", 50),
                        ReasonCode.WINDOW_ELAPSED),
                loses("a starter plan", aUser(5).paid("starter", IN_NOVEMBER, 10), ReasonCode.PLAN_NOT_ELIGIBLE),
                loses(
                        "the last payment of the month counts",
                        aUser(30)
                                .paid("monthly", "2026-11-10T12:00+05:30", 50)
                                .paid("starter", "2026-11-20T12:00+05:30", 10),
                        ReasonCode.PLAN_NOT_ELIGIBLE),
                keeps(
                        "a failed payment does not count",
                        aUser(30)
                                .paid("monthly", "2026-11-10T12:00+05:30", 50)
                                .add("power", "failed", "2026-11-20T12:00+05:30", 150),
                        30,
                        ReasonCode.ELIGIBLE_PLAN),
                loses(
                        "nor does one that is pending for days",
                        aUser(30)
                                .paid("starter", "2026-11-10T12:00+05:30", 10)
                                .add("power", "pending", "2026-11-20T12:00+05:30", 150),
                        ReasonCode.PLAN_NOT_ELIGIBLE),
                loses(
                        "nor one that was refunded",
                        aUser(30).add("monthly", "refunded", "2026-11-10T12:00+05:30", 50),
                        ReasonCode.NO_PAYMENT),
                loses("no payment at all", aUser(10), ReasonCode.NO_PAYMENT),
                keeps(
                        "renewed before the run came by",
                        aUser(90)
                                .paid("monthly", "2026-10-05T12:00+05:30", 50)
                                .paid("monthly", "2026-12-01T00:30+05:30", 50),
                        90,
                        ReasonCode.RENEWED_AFTER_CUTOFF),
                keeps(
                        "a top-up after the cut-off does no harm",
                        aUser(160)
                                .paid("power", "2026-11-20T12:00+05:30", 150)
                                .paid("starter", "2026-12-01T01:00+05:30", 10),
                        160,
                        ReasonCode.ELIGIBLE_PLAN),
                new Case(
                        "credits bought since the cut-off stay",
                        aUser(27)
                                .paid("monthly", "2026-10-05T12:00+05:30", 50)
                                .paid("starter", "2026-12-02T12:00+05:30", 10),
                        LATE,
                        Action.EXPIRY,
                        10,
                        ReasonCode.WINDOW_ELAPSED),
                new Case(
                        "nothing but bought credits",
                        aUser(8).paid("monthly", "2026-10-05T12:00+05:30", 50)
                                .paid("starter", "2026-12-02T12:00+05:30", 10),
                        LATE,
                        Action.ROLLOVER,
                        8,
                        ReasonCode.PURCHASED_AFTER_CUTOFF));
    }

    private static Case keeps(String name, Rows rows, int after, ReasonCode code) {
        return new Case(name, rows, IN_TIME, Action.ROLLOVER, after, code);
    }

    private static Case loses(String name, Rows rows, ReasonCode code) {
        return new Case(name, rows, IN_TIME, Action.EXPIRY, 0, code);
    }

    @ParameterizedTest
    @MethodSource("workedCases")
    void decidesTheWorkedCasesOfTheContract(Case worked) {
        RolloverDecision decision = decided(POLICY.decide(worked.rows().readAt(worked.now(), POLICY)));

        assertThat(decision.action()).isEqualTo(worked.action());
        assertThat(decision.creditsAfter()).isEqualTo(worked.after());
        assertThat(decision.reasonCode()).isEqualTo(worked.code());
        assertThat(decision.reason()).endsWith(".").doesNotContain("null");
    }

    @ParameterizedTest(name = "{0} credits, {1} bought since: {2} to {3}")
    @CsvSource({
        "11, 10, EXPIRY, 10", // P below the balance
        "10, 10, ROLLOVER, 10", // P equal to it
        "9, 10, ROLLOVER, 9",
        "1, 0, EXPIRY, 0",
    })
    void purchasesSinceTheCutoffCoverTheBalanceOrOnlyTheirOwnPart(int credits, int bought, Action action, int after) {
        Rows rows = aUser(credits).paid("monthly", "2026-09-16T12:00+05:30", 50);
        RolloverDecision decision =
                decided(decide(bought == 0 ? rows : rows.paid("starter", "2026-12-01T00:00+05:30", bought)));

        assertThat(decision.action()).isEqualTo(action);
        assertThat(decision.creditsAfter()).isEqualTo(after);
    }

    @Test
    void aPaymentAtTheCutoffBelongsToTheNewMonthAndOneAMicrosecondBeforeToTheOld() {
        assertThat(code(aUser(30).paid("monthly", "2026-12-01T00:00+05:30", 50)))
                .isEqualTo(ReasonCode.RENEWED_AFTER_CUTOFF);
        assertThat(code(aUser(30).paid("monthly", "2026-11-30T23:59:59.999999+05:30", 50)))
                .isEqualTo(ReasonCode.ELIGIBLE_PLAN);
    }

    @Test
    void ofPaymentsAtTheSameInstantTheGreaterIdIsTheLast() {
        assertThat(code(aUser(30).paid("monthly", IN_NOVEMBER, 50).paid("starter", IN_NOVEMBER, 10)))
                .isEqualTo(ReasonCode.PLAN_NOT_ELIGIBLE);
        assertThat(code(aUser(30).paid("starter", IN_NOVEMBER, 10).paid("monthly", IN_NOVEMBER, 50)))
                .isEqualTo(ReasonCode.ELIGIBLE_PLAN);
    }

    @ParameterizedTest(name = "{0} of them bought since, {1}%, at most {2}: {3} of 101 stay")
    @CsvSource(
            nullValues = "none",
            value = {
                "0, 100, none, 101",
                "0, 50, none, 50", // 50.5 rounded down
                "0, 1, none, 1",
                "0, 99, none, 99", // 99.99 rounded down
                "0, 100, 100, 100",
                "0, 100, 101, 101",
                "0, 50, 20, 20", // the percent first, then the cap
                "11, 50, none, 56", // 11 + 45, what was bought since is not cut
                "11, 50, 20, 31",
                "101, 50, 20, 101",
                "200, 50, 20, 101",
            })
    void carriesAShareUpToTheCapAndAllThatWasBoughtSince(int bought, int percent, @Nullable Integer max, int after) {
        OraclePlan terms = new OraclePlan(true, Period.ofMonths(1), max, percent);
        RolloverPolicy capped = Rows.policy(RULES.withPlan("monthly", terms));
        Rows rows = aUser(101).paid("monthly", IN_NOVEMBER, 50);
        if (bought > 0) {
            rows.paid("starter", "2026-12-01T00:00+05:30", bought);
        }

        RolloverDecision decision = decided(capped.decide(rows.readAt(IN_TIME, capped)));

        assertThat(decision.action()).isEqualTo(Action.ROLLOVER);
        assertThat(decision.creditsAfter()).isEqualTo(after);
        assertThat(decision.reasonCode()).isEqualTo(after < 101 ? ReasonCode.CAPPED : ReasonCode.ELIGIBLE_PLAN);
    }

    @Test
    void carriesTheLargestBalanceWithoutOverflow() {
        OraclePlan terms = new OraclePlan(true, Period.ofMonths(1), null, 99);
        RolloverPolicy capped = Rows.policy(RULES.withPlan("monthly", terms));
        Rows rows = aUser(Integer.MAX_VALUE).paid("monthly", IN_NOVEMBER, 50);

        assertThat(decided(capped.decide(rows.readAt(IN_TIME, capped))).creditsAfter())
                .isEqualTo(2_126_008_810);
    }

    @Test
    void ofSeveralRenewalsTheOneThatLeavesMostIsTaken() {
        RolloverPolicy capped =
                Rows.policy(RULES.withPlan("monthly", new OraclePlan(true, Period.ofMonths(1), 5, 100)));
        Rows rows = aUser(90).paid("power", "2026-12-01T00:10+05:30", 0).paid("monthly", "2026-12-01T00:20+05:30", 0);

        RolloverDecision decision = decided(capped.decide(rows.readAt(IN_TIME, capped)));

        assertThat(decision.creditsAfter()).isEqualTo(90);
        assertThat(decision.eligiblePlanType()).isEqualTo("power");
    }

    @Test
    void eachPlanHasItsOwnWindow() {
        RolloverPolicy policy =
                Rows.policy(RULES.withPlan("power", new OraclePlan(true, Period.ofMonths(3), null, 100)));
        Rows power = aUser(30).paid("power", "2026-09-01T00:00+05:30", 150);
        Rows monthly = aUser(30).paid("monthly", "2026-10-30T00:00+05:30", 50);

        assertThat(decided(policy.decide(power.readAt(IN_TIME, policy))).reasonCode())
                .isEqualTo(ReasonCode.ELIGIBLE_PLAN);
        assertThat(decided(policy.decide(monthly.readAt(IN_TIME, policy))).reasonCode())
                .isEqualTo(ReasonCode.WINDOW_ELAPSED);
    }

    @Test
    void aMonthIsCountedOnTheCalendarOfTheBusinessZone() {
        RolloverPolicy march = Rows.policy(RULES.withDate(LocalDate.of(2026, 3, 1)));
        assertThat(march.windowStart("monthly")).isEqualTo(instant("2026-02-01T00:00+05:30"));
        assertThat(march.cutoff()).isEqualTo(instant("2026-03-01T00:00+05:30"));

        RolloverPolicy berlin =
                Rows.policy(RULES.withZone(ZoneId.of("Europe/Berlin")).withDate(LocalDate.of(2026, 4, 1)));
        assertThat(berlin.windowStart("monthly")).isEqualTo(instant("2026-03-01T00:00+01:00"));
        assertThat(berlin.cutoff()).isEqualTo(instant("2026-04-01T00:00+02:00"));
    }

    @Test
    void ofTwoReasonsToSkipTheFirstOfTheContractsListCounts() {
        assertSkipped(
                ReasonCode.PLAN_UNKNOWN,
                aUser(30).add("monthly", "captured", IN_NOVEMBER, 50).paid("gift", "2026-12-01T00:10+05:30", 10));
    }

    @Test
    void doubtGoesBeforeTheTableEvenWhereARowWouldFit() {
        Rows paying = aUser(30).paid("monthly", IN_NOVEMBER, 50);

        assertSkipped(ReasonCode.PAYMENT_DATE_UNUSABLE, paying.paid("monthly", null, 50));
        assertSkipped(
                ReasonCode.PAYMENT_DATE_UNUSABLE,
                aUser(30).paid("monthly", IN_NOVEMBER, 50).paid("monthly", "2026-12-01T02:00:00.000001+05:30", 50));
        assertSkipped(
                ReasonCode.PLAN_UNKNOWN,
                aUser(30).paid("gift", IN_NOVEMBER, 50).paid("monthly", "2026-12-01T00:10+05:30", 50));
        assertSkipped(
                ReasonCode.CREDITS_UNUSABLE,
                aUser(30).paid("monthly", IN_NOVEMBER, 50).paid("starter", "2026-12-01T00:10+05:30", -1));
        assertSkipped(
                ReasonCode.CREDITS_UNUSABLE,
                aUser(30)
                        .paid("starter", "2026-12-01T00:10+05:30", Integer.MAX_VALUE)
                        .paid("starter", "2026-12-01T00:20+05:30", 1));
    }

    @Test
    void aPaymentDatedAtTheMomentOfReadingIsUsable() {
        assertThat(code(aUser(30).paid("monthly", "2026-12-01T02:00+05:30", 50)))
                .isEqualTo(ReasonCode.RENEWED_AFTER_CUTOFF);
    }

    @Test
    void anUnknownPlanThatIsNotTheLastPaymentIsNoDoubt() {
        assertThat(code(aUser(30).paid("gift", "2026-11-02T12:00+05:30", 5).paid("monthly", IN_NOVEMBER, 50)))
                .isEqualTo(ReasonCode.ELIGIBLE_PLAN);
        assertThat(code(aUser(30).paid("monthly", IN_NOVEMBER, 50).paid("gift", "2026-12-01T00:10+05:30", 5)))
                .isEqualTo(ReasonCode.ELIGIBLE_PLAN);
    }

    @Test
    void aUserWhoWouldLoseCreditsIsPostponedWhileAPaymentIsPending() {
        Rows rows = aUser(30).add("monthly", "pending", "2026-12-01T01:45:00.000001+05:30", 50);

        assertThat(decide(rows)).isEqualTo(new Verdict.Postponed(1, instant("2026-12-01T02:00:00.000001+05:30")));
    }

    @Test
    void aPendingPaymentAsOldAsTheGraceIsNotWaitedFor() {
        assertThat(code(aUser(30).add("monthly", "pending", "2026-11-30T23:59+05:30", 50)))
                .isEqualTo(ReasonCode.NO_PAYMENT);
    }

    @Test
    void aPendingPaymentOfAnyAgeAtOrAfterTheCutoffIsLeftToTheSweep() {
        Rows rows = aUser(30).add("monthly", "pending", "2026-12-01T00:00+05:30", 50);

        assertThat(decide(rows)).isEqualTo(new Verdict.Postponed(1, Instant.EPOCH));
    }

    @Test
    void whoLosesNothingDoesNotWait() {
        assertThat(code(aUser(30)
                        .paid("monthly", IN_NOVEMBER, 50)
                        .add("monthly", "pending", "2026-12-01T01:59+05:30", 50)))
                .isEqualTo(ReasonCode.ELIGIBLE_PLAN);
    }

    @Test
    void whoseCreditsWouldBeCappedWaitsToo() {
        RolloverPolicy capped =
                Rows.policy(RULES.withPlan("monthly", new OraclePlan(true, Period.ofMonths(1), 5, 100)));
        Rows rows = aUser(30).paid("monthly", IN_NOVEMBER, 50).add("power", "pending", "2026-12-01T01:59+05:30", 150);

        assertThat(capped.decide(rows.readAt(IN_TIME, capped))).isInstanceOf(Verdict.Postponed.class);
    }

    @Test
    void aLaterLookWaitsOnForTheSamePaymentsAndNoLonger() {
        Instant until = instant("2026-12-01T02:10+05:30");
        Rows rows = aUser(30).add("monthly", "pending", "2026-12-01T01:55+05:30", 50);

        assertThat(POLICY.decide(rows.readAgainAt(IN_TIME.plusSeconds(60), POLICY, until)))
                .isEqualTo(new Verdict.Postponed(1, until));
        assertThat(decided(POLICY.decide(rows.readAgainAt(until, POLICY, until)))
                        .reasonCode())
                .isEqualTo(ReasonCode.NO_PAYMENT);
    }

    @Test
    void aNewerPendingPaymentSkipsInsteadOfExtendingTheWait() {
        Instant until = instant("2026-12-01T02:10+05:30");
        Rows rows = aUser(30).add("monthly", "pending", "2026-12-01T01:55:00.000001+05:30", 50);

        assertThat(reasonSkipped(POLICY.decide(rows.readAgainAt(IN_TIME, POLICY, until))))
                .isEqualTo(ReasonCode.PAYMENT_PENDING);
    }

    @Test
    void aPendingPaymentWithoutADateIsLookedAtTwiceAndThenSkips() {
        Rows rows = aUser(30).add("monthly", "pending", null, 50);
        Verdict first = decide(rows);

        assertThat(first).isEqualTo(new Verdict.Postponed(1, Instant.EPOCH));
        assertThat(reasonSkipped(POLICY.decide(rows.readAgainAt(IN_TIME, POLICY, Instant.EPOCH))))
                .isEqualTo(ReasonCode.PAYMENT_PENDING);
    }

    @Test
    void undecidableComesBeforePending() {
        assertSkipped(
                ReasonCode.PAYMENT_DATE_UNUSABLE,
                aUser(30).paid("monthly", null, 50).add("monthly", "pending", "2026-12-01T01:59+05:30", 50));
    }

    @Test
    void aRolloverDateIsAFirstOfTheMonth() {
        assertThatThrownBy(() -> new RolloverPolicy(
                        LocalDate.of(2026, 12, 2), ZoneId.of("UTC"), Map.of(), Set.of(), Duration.ZERO, Set.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"P0D", "P-1M", "P1M-1D"})
    void aWindowMustBePositive(String window) {
        assertThatThrownBy(() -> new PlanTerms(true, Period.parse(window), null, 100))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {"0, 100", "-1, 100", "none, 0", "none, 101"})
    void capAndPercentMustLeaveSomething(@Nullable Integer max, int percent) {
        assertThatThrownBy(() -> new PlanTerms(true, Period.ofMonths(1), max, percent))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Verdict decide(Rows rows) {
        return POLICY.decide(rows.readAt(IN_TIME, POLICY));
    }

    private static ReasonCode code(Rows rows) {
        return decided(decide(rows)).reasonCode();
    }

    private static RolloverDecision decided(Verdict verdict) {
        assertThat(verdict).isInstanceOf(RolloverDecision.class);
        return (RolloverDecision) verdict;
    }

    private static ReasonCode reasonSkipped(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Skipped.class);
        return ((Verdict.Skipped) verdict).reasonCode();
    }

    private static void assertSkipped(ReasonCode code, Rows rows) {
        assertThat(reasonSkipped(decide(rows))).isEqualTo(code);
    }
}
