package io.creditrollover.oracle;

import static io.creditrollover.oracle.Example.RULES;
import static io.creditrollover.oracle.Example.aUserWith;
import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.oracle.OracleVerdict.Kind;
import io.creditrollover.oracle.OracleVerdict.Outcome;
import java.time.Period;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Undecidable users keep their credits: dates, plan types and credits that cannot be used. */
class OracleUndecidableTest {

    private static final String NOVEMBER = "2026-11-16T12:00+05:30";
    private static final String AFTER_CUTOFF = "2026-12-01T00:30+05:30";
    private static final String EXPIRY = "EXPIRY NO_PAYMENT 30 to 0 by null";

    private static Example paying() {
        return aUserWith(30).paid("monthly", NOVEMBER, 50);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"infinity", "-infinity", "2026-12-01T02:00:00.000001+05:30", "2027-06-01T00:00+05:30"})
    void aPaidPaymentWithoutAUsableDateIsUndecidableForEverybody(String when) {
        assertThat(paying().paid("monthly", when, 50).outcome()).isEqualTo("SKIPPED PAYMENT_DATE_UNUSABLE");
        assertThat(aUserWith(30).paid("starter", when, 50).outcome()).isEqualTo("SKIPPED PAYMENT_DATE_UNUSABLE");
        assertThat(aUserWith(30).monthly("failed", when).outcome()).isEqualTo(EXPIRY);
    }

    @Test
    void aPaymentDatedAtTheMomentOfReadingIsUsable() {
        assertThat(aUserWith(30).paid("monthly", "2026-12-01T02:00+05:30", 50).outcome())
                .isEqualTo("ROLLOVER RENEWED_AFTER_CUTOFF 30 to 30 by 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0001-01-01T00:00Z", "1707-01-01T00:00Z"})
    void ancientDatesAreUsableAndOld(String when) {
        assertThat(aUserWith(30).paid("monthly", when, 50).outcome()).isEqualTo("EXPIRY WINDOW_ELAPSED 30 to 0 by 1");
        assertThat(paying().paid("starter", when, 10).outcome()).isEqualTo("ROLLOVER ELIGIBLE_PLAN 30 to 30 by 1");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"Monthly", "monthly ", "gift", ""})
    void anUnknownPlanOfTheLastPaymentIsUndecidableForEverybody(String plan) {
        assertThat(aUserWith(30).paid(plan, NOVEMBER, 50).outcome()).isEqualTo("SKIPPED PLAN_UNKNOWN");
        assertThat(aUserWith(30)
                        .paid(plan, NOVEMBER, 50)
                        .paid("monthly", AFTER_CUTOFF, 50)
                        .outcome())
                .isEqualTo("SKIPPED PLAN_UNKNOWN");
        assertThat(paying().paid(plan, "2026-11-16T11:59+05:30", 50).outcome())
                .isEqualTo("ROLLOVER ELIGIBLE_PLAN 30 to 30 by 1");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"Monthly", "gift"})
    void anUnknownPlanAfterTheCutoffOnlyWhereCreditsWouldBeLost(String plan) {
        String atCutoff = "2026-12-01T00:00+05:30";
        assertThat(aUserWith(30).paid(plan, atCutoff, 29).outcome()).isEqualTo("SKIPPED PLAN_UNKNOWN");
        assertThat(aUserWith(30).paid(plan, atCutoff, 30).outcome())
                .isEqualTo("ROLLOVER PURCHASED_AFTER_CUTOFF 30 to 30 by null");
        assertThat(paying().paid(plan, atCutoff, 0).outcome()).isEqualTo("ROLLOVER ELIGIBLE_PLAN 30 to 30 by 1");
        OraclePlan capped = OraclePlan.eligible(Period.ofMonths(1)).withMaxCredits(29);
        assertThat(paying().under(RULES.withPlan("monthly", capped))
                        .paid(plan, atCutoff, 0)
                        .outcome())
                .isEqualTo("SKIPPED PLAN_UNKNOWN");
    }

    @Test
    void aPlanIsKnownFromTheTableOrFromTheConfiguration() {
        Example gift = aUserWith(30).paid("gift", NOVEMBER, 50);
        assertThat(gift.under(RULES.withKnownPlanTypes(Set.of("gift"))).outcome())
                .isEqualTo("EXPIRY PLAN_NOT_ELIGIBLE 30 to 0 by 1");
        assertThat(gift.under(RULES.withPlan("gift", OraclePlan.ineligible())).outcome())
                .isEqualTo("EXPIRY PLAN_NOT_ELIGIBLE 30 to 0 by 1");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(ints = {-1, Integer.MIN_VALUE})
    void creditsAddedThatAreNullOrNegativeAreUndecidableAfterTheCutoffOnly(Integer added) {
        assertThat(aUserWith(30)
                        .paid("monthly", "2026-12-01T00:00+05:30", added)
                        .outcome())
                .isEqualTo("SKIPPED CREDITS_UNUSABLE");
        assertThat(paying().paid("starter", "2026-12-01T00:00+05:30", added).outcome())
                .isEqualTo("SKIPPED CREDITS_UNUSABLE");
        assertThat(aUserWith(30)
                        .paid("monthly", "2026-11-30T23:59:59.999999+05:30", added)
                        .outcome())
                .isEqualTo("ROLLOVER ELIGIBLE_PLAN 30 to 30 by 1");
    }

    @Test
    void protectedCreditsMustFitInto32Bits() {
        Example user = aUserWith(30).paid("starter", AFTER_CUTOFF, Integer.MAX_VALUE);
        assertThat(user.outcome()).isEqualTo("ROLLOVER PURCHASED_AFTER_CUTOFF 30 to 30 by null");
        assertThat(user.paid("starter", "2026-12-01T00:31+05:30", 1).outcome()).isEqualTo("SKIPPED CREDITS_UNUSABLE");
    }

    @Test
    void theBalanceMustFitInto32Bits() {
        assertThat(aUserWith(2_147_483_647L).paid("monthly", NOVEMBER, 50).outcome())
                .isEqualTo("ROLLOVER ELIGIBLE_PLAN 2147483647 to 2147483647 by 1");
        assertThat(aUserWith(2_147_483_648L).paid("monthly", NOVEMBER, 50).outcome())
                .isEqualTo("SKIPPED CREDITS_UNUSABLE");
        assertThat(aUserWith(3_000_000_000L).outcome()).isEqualTo("SKIPPED CREDITS_UNUSABLE");
    }

    @Test
    void whereSeveralReasonsApplyEachIsAcceptedAndNothingElse() {
        OracleVerdict verdict = aUserWith(30)
                .paid("gift", NOVEMBER, 50)
                .paid("monthly", null, 50)
                .paid("starter", AFTER_CUTOFF, -1)
                .monthly("captured", NOVEMBER)
                .judge();

        assertThat(verdict.outcomes())
                .containsExactly(
                        new Outcome(Kind.SKIPPED, "PAYMENT_DATE_UNUSABLE"),
                        new Outcome(Kind.SKIPPED, "PLAN_UNKNOWN"),
                        new Outcome(Kind.SKIPPED, "CREDITS_UNUSABLE"),
                        new Outcome(Kind.SKIPPED, "PAYMENT_STATUS_UNKNOWN"));
        assertThat(verdict.inTermsOf(Kind.SKIPPED, "CREDITS_UNUSABLE", null).reasonCode())
                .isEqualTo("CREDITS_UNUSABLE");
        assertThat(verdict.inTermsOf(Kind.SKIPPED, "PAYMENT_PENDING", null)).isEqualTo(verdict);
        assertThat(verdict.inTermsOf(Kind.EXPIRY, "PLAN_NOT_ELIGIBLE", 1L)).isEqualTo(verdict);
    }

    @Test
    void aUserWhoWouldLoseNothingIsNotAcceptedAsOfUnknownStatus() {
        OracleVerdict verdict = paying().paid("monthly", AFTER_CUTOFF, null)
                .monthly("captured", NOVEMBER)
                .judge();

        assertThat(verdict.outcomes()).containsExactly(new Outcome(Kind.SKIPPED, "CREDITS_UNUSABLE"));
    }
}
