package io.creditrollover.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.oracle.OracleVerdict.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The oracle against the worked cases of the contract, and against its sentences on doubt, caps and pending money. */
class OracleWorkedCasesTest {

    private static final OracleRules RULES = OracleRules.defaults(LocalDate.of(2026, 12, 1));
    private static final Instant SIGNED_UP = at("2026-01-15T12:00+05:30");
    private static final Instant IN_TIME = at("2026-12-01T02:00+05:30");
    private static final Instant LATE = at("2026-12-03T02:00+05:30");

    record Case(
            String name,
            int credits,
            Instant signedUp,
            Instant now,
            List<OraclePayment> payments,
            Kind kind,
            String reasonCode,
            int creditsAfter,
            @Nullable Integer evidence) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> workedCases() {
        return Stream.of(
                        inTime("paid in the middle of the month", 25, Kind.ROLLOVER, "ELIGIBLE_PLAN", 25, 1)
                                .paid("monthly", "2026-11-16T12:00+05:30", 50),
                        inTime("at the start of the window, inclusive", 40, Kind.ROLLOVER, "ELIGIBLE_PLAN", 40, 1)
                                .paid("monthly", "2026-11-01T00:00+05:30", 50),
                        inTime("a microsecond before the window", 40, Kind.EXPIRY, "WINDOW_ELAPSED", 0, 1)
                                .paid("monthly", "2026-10-31T23:59:59.999999+05:30", 50),
                        inTime("starter", 5, Kind.EXPIRY, "PLAN_NOT_ELIGIBLE", 0, 1)
                                .paid("starter", "2026-11-21T12:00+05:30", 10),
                        inTime("the last one of the month counts", 30, Kind.EXPIRY, "PLAN_NOT_ELIGIBLE", 0, 2)
                                .paid("monthly", "2026-11-10T12:00+05:30", 50)
                                .paid("starter", "2026-11-20T12:00+05:30", 10),
                        inTime("a failed one does not count", 30, Kind.ROLLOVER, "ELIGIBLE_PLAN", 30, 1)
                                .paid("monthly", "2026-11-10T12:00+05:30", 50)
                                .add("power", "2026-11-20T12:00+05:30", 150, "failed"),
                        inTime("an old pending one does not count", 30, Kind.EXPIRY, "PLAN_NOT_ELIGIBLE", 0, 1)
                                .paid("starter", "2026-11-10T12:00+05:30", 10)
                                .add("power", "2026-11-20T12:00+05:30", 150, "pending"),
                        inTime("a refunded one does not count", 30, Kind.EXPIRY, "NO_PAYMENT", 0, null)
                                .add("monthly", "2026-11-10T12:00+05:30", 50, "refunded"),
                        inTime("none", 10, Kind.EXPIRY, "NO_PAYMENT", 0, null),
                        inTime("renewed before the run came by", 90, Kind.ROLLOVER, "RENEWED_AFTER_CUTOFF", 90, 2)
                                .paid("monthly", "2026-10-05T12:00+05:30", 50)
                                .paid("monthly", "2026-12-01T00:30+05:30", 50),
                        inTime("a top-up does no harm", 160, Kind.ROLLOVER, "ELIGIBLE_PLAN", 160, 1)
                                .paid("power", "2026-11-20T12:00+05:30", 150)
                                .paid("starter", "2026-12-01T01:00+05:30", 10),
                        late("run late, the bought 10 stay", 27, Kind.EXPIRY, "WINDOW_ELAPSED", 10, 1)
                                .paid("monthly", "2026-10-05T12:00+05:30", 50)
                                .paid("starter", "2026-12-02T12:00+05:30", 10),
                        late("run late, no more than was bought", 8, Kind.ROLLOVER, "PURCHASED_AFTER_CUTOFF", 8, null)
                                .paid("monthly", "2026-10-05T12:00+05:30", 50)
                                .paid("starter", "2026-12-02T12:00+05:30", 10),
                        new Rows(
                                        "signed up after the cut-off",
                                        5,
                                        Kind.OUT_OF_SCOPE,
                                        OracleVerdict.NOT_IN_SCOPE,
                                        5,
                                        null)
                                .signedUp("2026-12-01T00:30+05:30"))
                .map(Rows::done);
    }

    @ParameterizedTest
    @MethodSource("workedCases")
    void judgesAsTheContractSays(Case example) {
        OracleVerdict verdict = Oracle.judge(
                RULES,
                new OracleUser(7, "+919800000007", example.credits(), example.signedUp()),
                example.payments(),
                example.now());

        assertThat(verdict.kind()).isEqualTo(example.kind());
        assertThat(verdict.reasonCode()).isEqualTo(example.reasonCode());
        assertThat(verdict.creditsBefore()).isEqualTo(example.credits());
        assertThat(verdict.creditsAfter()).isEqualTo(example.creditsAfter());
        assertThat(verdict.evidencePaymentId()).isEqualTo(example.evidence());
    }

    @Test
    void figuresOfTheWorkedCases() {
        List<OracleVerdict> verdicts = new ArrayList<>();
        workedCases()
                .forEach(example -> verdicts.add(Oracle.judge(
                        RULES,
                        new OracleUser(7, "+919800000007", example.credits(), example.signedUp()),
                        example.payments(),
                        example.now())));

        assertThat(OracleFigures.of(verdicts)).isEqualTo(new OracleFigures(13, 6, 7, 0, 525, 363, 162));
    }

    @Test
    void cutoffAndWindowAreMidnightsOfTheZone() {
        assertThat(RULES.cutoff()).isEqualTo(at("2026-12-01T00:00+05:30"));
        assertThat(RULES.windowStart(OraclePlan.eligible(Period.ofMonths(1)))).isEqualTo(at("2026-11-01T00:00+05:30"));
    }

    @Test
    void doubtGoesBeforeTheTableInAFixedOrder() {
        Rows eligible = inTime("", 30, Kind.ROLLOVER, "", 0, null).paid("monthly", "2026-11-16T12:00+05:30", 50);
        assertThat(eligible.judge().kind()).isEqualTo(Kind.ROLLOVER);

        eligible.paid("monthly", "2026-12-01T00:30+05:30", -1);
        assertThat(eligible.judge().kind()).isEqualTo(Kind.SET_ASIDE);
        assertThat(eligible.judge().reasonCode()).isEqualTo("CREDITS_UNUSABLE");

        eligible.paid("Monthly", "2026-11-17T12:00+05:30", 50);
        assertThat(eligible.judge().reasonCode()).isEqualTo("PLAN_UNKNOWN");

        eligible.paid("monthly", "2026-12-01T02:00:00.000001+05:30", 50);
        assertThat(eligible.judge().reasonCode()).isEqualTo("PAYMENT_DATE_UNUSABLE");
        assertThat(eligible.judge().creditsAfter()).isEqualTo(30);
    }

    @Test
    void undatedCountsOnlyWhenPaid() {
        assertThat(inTime("", 30, Kind.EXPIRY, "", 0, null)
                        .add("monthly", null, 50, "failed")
                        .judge()
                        .reasonCode())
                .isEqualTo("NO_PAYMENT");
        assertThat(inTime("", 30, Kind.EXPIRY, "", 0, null)
                        .add("monthly", null, 50, "paid")
                        .judge()
                        .reasonCode())
                .isEqualTo("PAYMENT_DATE_UNUSABLE");
    }

    @Test
    void overflowOfTheProtectedCredits() {
        Rows rows =
                inTime("", 30, Kind.ROLLOVER, "", 0, null).paid("starter", "2026-12-01T00:30+05:30", Integer.MAX_VALUE);
        assertThat(rows.judge().reasonCode()).isEqualTo("PURCHASED_AFTER_CUTOFF");
        rows.paid("starter", "2026-12-01T00:31+05:30", 1);
        assertThat(rows.judge().reasonCode()).isEqualTo("CREDITS_UNUSABLE");
    }

    @Test
    void ofPaymentsAtTheSameMomentTheGreaterIdIsTheLast() {
        OracleVerdict verdict = inTime("", 30, Kind.ROLLOVER, "", 0, null)
                .paid("starter", "2026-11-16T12:00+05:30", 10)
                .paid("monthly", "2026-11-16T12:00+05:30", 50)
                .judge();
        assertThat(verdict.kind()).isEqualTo(Kind.ROLLOVER);
        assertThat(verdict.evidencePaymentId()).isEqualTo(2);
    }

    @Test
    void capsAndPercentsSpareTheProtectedCredits() {
        OracleRules rules = RULES.withPlan(
                "monthly",
                OraclePlan.eligible(Period.ofMonths(1)).withCarryPercent(50).withMaxCredits(20));
        Rows rows = inTime("", 31, Kind.ROLLOVER, "", 0, null).paid("monthly", "2026-11-16T12:00+05:30", 50);
        assertThat(rows.judge(rules).creditsAfter()).isEqualTo(15);
        assertThat(rows.judge(rules).reasonCode()).isEqualTo("CAPPED");

        rows.paid("starter", "2026-12-01T00:30+05:30", 10);
        assertThat(rows.judge(rules).creditsAfter()).isEqualTo(20);

        rows.paid("starter", "2026-12-01T00:31+05:30", 21);
        assertThat(rows.judge(rules).creditsAfter()).isEqualTo(31);
        assertThat(rows.judge(rules).reasonCode()).isEqualTo("ELIGIBLE_PLAN");
    }

    @Test
    void ofSeveralRenewalsTheOneThatLeavesMost() {
        OracleRules rules = RULES.withPlan(
                "monthly", OraclePlan.eligible(Period.ofMonths(1)).withCarryPercent(50));
        OracleVerdict verdict = inTime("", 300, Kind.ROLLOVER, "", 0, null)
                .paid("power", "2026-12-01T00:10+05:30", 50)
                .paid("power", "2026-12-01T00:20+05:30", 50)
                .paid("monthly", "2026-12-01T00:30+05:30", 50)
                .judge(rules);
        assertThat(verdict.reasonCode()).isEqualTo("RENEWED_AFTER_CUTOFF");
        assertThat(verdict.creditsAfter()).isEqualTo(300);
        assertThat(verdict.evidencePaymentId()).isEqualTo(2);
    }

    @Test
    void youngPendingMoneyHoldsALossBackUntilItIsAsOldAsTheGrace() {
        Rows young = inTime("", 30, Kind.EXPIRY, "", 0, null)
                .add("monthly", "2026-12-01T01:45:00.000001+05:30", 50, "pending");
        assertThat(young.judge().kind()).isEqualTo(Kind.WAITS_FOR_PENDING);
        assertThat(young.judgeAfterWaiting().kind()).isEqualTo(Kind.EXPIRY);

        Rows old = inTime("", 30, Kind.EXPIRY, "", 0, null).add("monthly", "2026-12-01T01:45+05:30", 50, "pending");
        assertThat(old.judge().kind()).isEqualTo(Kind.EXPIRY);

        Rows undated = inTime("", 30, Kind.EXPIRY, "", 0, null).add("monthly", null, 50, "pending");
        assertThat(undated.judge().kind()).isEqualTo(Kind.WAITS_FOR_PENDING);
        assertThat(undated.judgeAfterWaiting().reasonCode()).isEqualTo("PAYMENT_PENDING");
        undated.paid("monthly", "2026-11-16T12:00+05:30", 50);
        assertThat(undated.judge().kind()).isEqualTo(Kind.ROLLOVER);
    }

    @Test
    void randomHostsReachEveryVerdictAndRepeatThemselves() {
        Map<String, Integer> seen = new TreeMap<>();
        for (long seed = 0; seed < 300; seed++) {
            OracleRules rules = RandomRules.of(seed);
            Instant now = RandomRules.now(seed, rules);
            RandomHost host = RandomHost.with(seed, rules, now).users(100).build();
            assertThat(host.users())
                    .isEqualTo(
                            RandomHost.with(seed, rules, now).users(100).build().users());
            for (OracleVerdict verdict :
                    host.toOracleHost().judgeAll(rules, now).values()) {
                seen.merge(verdict.reasonCode(), 1, Integer::sum);
                assertThat(verdict.creditsAfter()).isBetween(0, verdict.creditsBefore());
            }
        }
        assertThat(seen.keySet())
                .containsExactly(
                        "CAPPED",
                        "CREDITS_UNUSABLE",
                        "ELIGIBLE_PLAN",
                        "NOT_IN_SCOPE",
                        "NO_PAYMENT",
                        "PAYMENT_DATE_UNUSABLE",
                        "PAYMENT_PENDING",
                        "PLAN_NOT_ELIGIBLE",
                        "PLAN_UNKNOWN",
                        "PURCHASED_AFTER_CUTOFF",
                        "RENEWED_AFTER_CUTOFF",
                        "WINDOW_ELAPSED");
        assertThat(seen.values()).allMatch(count -> count > 100, "often enough: " + seen);
    }

    @Test
    void aClockThatMovesOnWithinTheMarginChangesNoVerdict() {
        for (long seed = 0; seed < 100; seed++) {
            OracleRules rules = RandomRules.of(seed).withPendingGrace(OracleRules.DEFAULT_GRACE);
            Instant now = RandomRules.now(seed, rules);
            OracleHost host = RandomHost.with(seed, rules, now)
                    .users(100)
                    .clockMargin(Duration.ofMinutes(10))
                    .build()
                    .toOracleHost();
            assertThat(host.judgeAll(rules, now.plus(Duration.ofMinutes(10)))).isEqualTo(host.judgeAll(rules, now));
        }
    }

    private static Rows inTime(
            String name, int credits, Kind kind, String reasonCode, int creditsAfter, @Nullable Integer evidence) {
        return new Rows(name, credits, kind, reasonCode, creditsAfter, evidence);
    }

    private static Rows late(
            String name, int credits, Kind kind, String reasonCode, int creditsAfter, @Nullable Integer evidence) {
        Rows rows = new Rows(name, credits, kind, reasonCode, creditsAfter, evidence);
        rows.now = LATE;
        return rows;
    }

    private static Instant at(String text) {
        return OffsetDateTime.parse(text).toInstant();
    }

    /** A case in the making; payments are numbered from 1. */
    private static final class Rows {

        private final String name;
        private final int credits;
        private final Kind kind;
        private final String reasonCode;
        private final int creditsAfter;
        private final @Nullable Integer evidence;
        private final List<OraclePayment> payments = new ArrayList<>();
        private Instant signedUp = SIGNED_UP;
        private Instant now = IN_TIME;

        Rows(String name, int credits, Kind kind, String reasonCode, int creditsAfter, @Nullable Integer evidence) {
            this.name = name;
            this.credits = credits;
            this.kind = kind;
            this.reasonCode = reasonCode;
            this.creditsAfter = creditsAfter;
            this.evidence = evidence;
        }

        Rows signedUp(String when) {
            this.signedUp = at(when);
            return this;
        }

        Rows paid(String planType, String when, int creditsAdded) {
            return add(planType, when, creditsAdded, "paid");
        }

        Rows add(String planType, @Nullable String when, int creditsAdded, String status) {
            payments.add(new OraclePayment(
                    payments.size() + 1, 7, planType, 29_900, creditsAdded, status, when == null ? null : at(when)));
            return this;
        }

        OracleVerdict judge() {
            return judge(RULES);
        }

        OracleVerdict judge(OracleRules rules) {
            return Oracle.judge(rules, new OracleUser(7, "+919800000007", credits, signedUp), payments, now);
        }

        OracleVerdict judgeAfterWaiting() {
            return Oracle.judgeAfterWaiting(
                    RULES, new OracleUser(7, "+919800000007", credits, signedUp), payments, now);
        }

        Case done() {
            return new Case(name, credits, signedUp, now, payments, kind, reasonCode, creditsAfter, evidence);
        }
    }
}
