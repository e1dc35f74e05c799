package io.creditrollover.oracle;

import static io.creditrollover.oracle.Example.RULES;
import static io.creditrollover.oracle.Example.aUserWith;
import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.oracle.OracleVerdict.Kind;
import java.time.Period;
import org.junit.jupiter.api.Test;

/** The rows of the table: which payment is the last, caps and percents, and the better of two rows. */
class OracleTableTest {

    private static final OraclePlan MONTH = OraclePlan.eligible(Period.ofMonths(1));
    private static final String NOVEMBER = "2026-11-16T12:00+05:30";

    @Test
    void ofPaymentsAtTheSameMomentTheGreaterIdIsTheLast() {
        assertThat(aUserWith(30)
                        .paid("starter", NOVEMBER, 10)
                        .paid("monthly", NOVEMBER, 50)
                        .outcome())
                .isEqualTo("ROLLOVER ELIGIBLE_PLAN 30 to 30 by 2");
        assertThat(aUserWith(30)
                        .paid("monthly", NOVEMBER, 50)
                        .paid("starter", NOVEMBER, 10)
                        .outcome())
                .isEqualTo("EXPIRY PLAN_NOT_ELIGIBLE 30 to 0 by 2");
    }

    @Test
    void aPaymentAtTheCutoffIsARenewalAndOneBeforeItIsTheLast() {
        assertThat(aUserWith(30).paid("monthly", "2026-12-01T00:00+05:30", 50).outcome())
                .isEqualTo("ROLLOVER RENEWED_AFTER_CUTOFF 30 to 30 by 1");
        assertThat(aUserWith(30)
                        .paid("monthly", "2026-11-30T23:59:59.999999+05:30", 50)
                        .outcome())
                .isEqualTo("ROLLOVER ELIGIBLE_PLAN 30 to 30 by 1");
    }

    @Test
    void purchasesThatCoverTheBalanceLeaveIt() {
        assertThat(aUserWith(10).paid("starter", "2026-12-01T00:30+05:30", 10).outcome())
                .isEqualTo("ROLLOVER PURCHASED_AFTER_CUTOFF 10 to 10 by null");
        assertThat(aUserWith(11).paid("starter", "2026-12-01T00:30+05:30", 10).outcome())
                .isEqualTo("EXPIRY NO_PAYMENT 11 to 10 by null");
    }

    @Test
    void capsAndPercentsSpareTheProtectedCredits() {
        OracleRules rules = RULES.withPlan("monthly", MONTH.withCarryPercent(50).withMaxCredits(20));
        Example user = aUserWith(31).under(rules).paid("monthly", NOVEMBER, 50);
        assertThat(user.outcome()).isEqualTo("ROLLOVER CAPPED 31 to 15 by 1"); // half of 31, rounded down

        user.paid("starter", "2026-12-01T00:30+05:30", 10);
        assertThat(user.outcome()).isEqualTo("ROLLOVER CAPPED 31 to 20 by 1"); // 10 and half of 21

        user.paid("starter", "2026-12-01T00:31+05:30", 21);
        assertThat(user.outcome()).isEqualTo("ROLLOVER ELIGIBLE_PLAN 31 to 31 by 1");
    }

    @Test
    void theLargestBalanceIsCarriedWithoutOverflow() {
        OracleRules rules = RULES.withPlan("monthly", MONTH.withCarryPercent(99));
        assertThat(aUserWith(2_147_483_647)
                        .under(rules)
                        .paid("monthly", NOVEMBER, 50)
                        .outcome())
                .isEqualTo("ROLLOVER CAPPED 2147483647 to 2126008810 by 1");
    }

    @Test
    void ofTheFirstTwoRowsTheOneThatLeavesMoreCounts() {
        OracleRules monthlyCapped = RULES.withPlan("monthly", MONTH.withMaxCredits(10));
        assertThat(aUserWith(90)
                        .under(monthlyCapped)
                        .paid("monthly", NOVEMBER, 50)
                        .paid("power", "2026-12-01T00:30+05:30", 0)
                        .outcome())
                .isEqualTo("ROLLOVER RENEWED_AFTER_CUTOFF 90 to 90 by 2");
        assertThat(aUserWith(90)
                        .under(monthlyCapped)
                        .paid("power", NOVEMBER, 150)
                        .paid("monthly", "2026-12-01T00:30+05:30", 0)
                        .outcome())
                .isEqualTo("ROLLOVER ELIGIBLE_PLAN 90 to 90 by 1");

        OracleRules bothCapped = monthlyCapped.withPlan("power", MONTH.withMaxCredits(11));
        assertThat(aUserWith(90)
                        .under(bothCapped)
                        .paid("monthly", NOVEMBER, 50)
                        .paid("power", "2026-12-01T00:30+05:30", 5)
                        .outcome())
                .isEqualTo("ROLLOVER CAPPED 90 to 16 by 2");
    }

    @Test
    void whereBothRowsLeaveEquallyManyTheFirstCounts() {
        OracleRules equal =
                RULES.withPlan("monthly", MONTH.withMaxCredits(10)).withPlan("power", MONTH.withMaxCredits(10));
        assertThat(aUserWith(90)
                        .under(equal)
                        .paid("monthly", NOVEMBER, 50)
                        .paid("power", "2026-12-01T00:30+05:30", 0)
                        .outcome())
                .isEqualTo("ROLLOVER CAPPED 90 to 10 by 1");
    }

    @Test
    void ofSeveralRenewalsTheOneThatLeavesMostCountsAndTheFirstOfEquals() {
        OracleVerdict verdict = aUserWith(300)
                .under(RULES.withPlan("monthly", MONTH.withCarryPercent(50)))
                .paid("monthly", "2026-12-01T00:05+05:30", 50)
                .paid("power", "2026-12-01T00:20+05:30", 50)
                .paid("power", "2026-12-01T00:10+05:30", 50)
                .paid("monthly", "2026-12-01T00:30+05:30", 50)
                .judge();

        assertThat(verdict.reasonCode()).isEqualTo("RENEWED_AFTER_CUTOFF");
        assertThat(verdict.creditsAfter()).isEqualTo(300);
        assertThat(verdict.evidencePaymentId()).isEqualTo(3);
        assertThat(verdict.otherEvidence()).containsExactly(2L);
    }

    @Test
    void aComparisonMayNameAnyOfEqualRenewalsButNoOther() {
        OracleVerdict verdict = aUserWith(30)
                .paid("starter", "2026-12-01T00:05+05:30", 1)
                .paid("power", "2026-12-01T00:10+05:30", 1)
                .paid("monthly", "2026-12-01T00:20+05:30", 1)
                .judge();

        assertThat(verdict.inTermsOf(Kind.ROLLOVER, "RENEWED_AFTER_CUTOFF", 3L).evidencePaymentId())
                .isEqualTo(3);
        assertThat(verdict.inTermsOf(Kind.ROLLOVER, "RENEWED_AFTER_CUTOFF", 1L)).isEqualTo(verdict);
        assertThat(verdict.inTermsOf(Kind.ROLLOVER, "RENEWED_AFTER_CUTOFF", null))
                .isEqualTo(verdict);
        assertThat(verdict.inTermsOf(Kind.SKIPPED, "PLAN_UNKNOWN", null)).isEqualTo(verdict);
    }
}
