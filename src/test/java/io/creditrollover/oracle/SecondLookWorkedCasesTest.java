package io.creditrollover.oracle;

import static io.creditrollover.oracle.Example.RULES;
import static io.creditrollover.oracle.Example.at;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The second look by hand: 40 credits, decided on 3 December at 02:00, D the 1st, looked at on the 6th. */
class SecondLookWorkedCasesTest {

    private static final long USER = 7;
    private static final Instant DECIDED = at("2026-12-03T02:00+05:30");
    private static final Instant LOOKED = at("2026-12-06T12:00+05:30");
    private static final String NOVEMBER = "2026-11-20T12:00+05:30";
    private static final String NOTHING = "nothing";

    private static final OracleRules CAPPED = RULES.withPlan(
                    "monthly", OraclePlan.eligible(Period.ofMonths(1)).withMaxCredits(20))
            .withPlan("power", OraclePlan.eligible(Period.ofMonths(1)).withCarryPercent(90));

    private final List<OraclePayment> payments = new ArrayList<>();
    private OracleRules rules = RULES;
    private Period forgiven = Period.ZERO;

    @Test
    void nothingNewGivesNothing() {
        assertThat(look(0, 0)).isEqualTo(NOTHING);
        pays("monthly", "2026-10-31T23:59:59.999999+05:30", 50, "paid");
        pays("starter", NOVEMBER, 10, "paid");
        assertThat(look(0, 0)).isEqualTo(NOTHING);
    }

    @Test
    void anEligiblePaymentInTheWindowGivesAllBackAtBothEdges() {
        pays("monthly", "2026-11-01T00:00+05:30", 50, "paid");
        assertThat(look(0, 0)).isEqualTo("40 LATE_PAYMENT [1]");
        payments.clear();
        pays("power", "2026-11-30T23:59:59.999999+05:30", 150, "paid");
        assertThat(look(0, 0)).isEqualTo("40 LATE_PAYMENT [1]");
    }

    @Test
    void theLatestPaymentBeforeTheCutoffIsTheOneThatCounts() {
        pays("monthly", NOVEMBER, 50, "paid");
        pays("starter", "2026-11-21T12:00+05:30", 10, "paid");
        assertThat(look(0, 0)).isEqualTo(NOTHING);
        pays("starter", "2026-11-21T12:00+05:30", 10, "refunded");
        payments.remove(1);
        assertThat(look(0, 0)).isEqualTo("40 LATE_PAYMENT [1]");
    }

    @Test
    void unpaidOnesDoNotCount() {
        pays("monthly", NOVEMBER, 50, "pending");
        pays("monthly", NOVEMBER, 50, "failed");
        pays("monthly", NOVEMBER, 50, "refunded");
        assertThat(look(0, 0)).isEqualTo(NOTHING);
    }

    @Test
    void pStaysAsTheEventRecordedIt() {
        pays("monthly", NOVEMBER, 50, "paid");
        assertThat(look(10, 10)).isEqualTo("30 LATE_PAYMENT [1]");
        payments.clear();
        pays("starter", "2026-12-02T12:00+05:30", 10, "paid");
        assertThat(look(0, 0)).as("the host adds these 10 itself").isEqualTo(NOTHING);
        assertThat(boughtMeanwhile(0, 0)).isTrue();
        assertThat(boughtMeanwhile(10, 10)).isFalse();
    }

    @Test
    void aRenewalCountsUpToTheDecisionAndNoLonger() {
        pays("monthly", "2026-12-03T01:59:59.999999+05:30", 50, "paid");
        assertThat(look(0, 0)).isEqualTo("40 LATE_PAYMENT [1]");
        assertThat(boughtMeanwhile(0, 0)).isTrue();
        payments.clear();
        pays("monthly", "2026-12-03T02:00+05:30", 50, "paid");
        assertThat(look(0, 0)).isEqualTo(NOTHING);
        assertThat(boughtMeanwhile(0, 0)).isFalse();
    }

    @Test
    void capsAndPercentsCutWhatIsGivenBack() {
        rules = CAPPED;
        pays("monthly", NOVEMBER, 50, "paid");
        assertThat(look(0, 0)).isEqualTo("20 LATE_PAYMENT [1]");
        assertThat(look(10, 10)).as("10 + 20 of the other 30").isEqualTo("20 LATE_PAYMENT [1]");
        assertThat(look(20, 0)).as("a cap took it, and takes it again").isEqualTo(NOTHING);
        pays("power", "2026-12-02T12:00+05:30", 150, "paid");
        assertThat(look(20, 0)).as("36 by the renewal").isEqualTo("16 LATE_PAYMENT [2]");
        assertThat(look(38, 0)).as("nothing is taken").isEqualTo(NOTHING);
    }

    @Test
    void ofEqualRenewalsAnyIsTheEvidence() {
        pays("monthly", "2026-12-01T12:00+05:30", 50, "paid");
        pays("power", "2026-12-02T12:00+05:30", 150, "paid");
        assertThat(look(0, 0)).isEqualTo("40 LATE_PAYMENT [1, 2]");
    }

    @Test
    void whatIsUndecidableStaysAsItIs() {
        pays("monthly", NOVEMBER, 50, "paid");
        pays("starter", null, 10, "paid");
        assertThat(look(0, 0)).as("a paid payment without a date").isEqualTo(NOTHING);
        payments.remove(1);
        pays("gift-2019", "2026-11-21T12:00+05:30", 10, "paid");
        assertThat(look(0, 0)).as("L of an unknown plan").isEqualTo(NOTHING);
    }

    @Test
    void anUnknownStatusPreventsOnlyWhereCreditsWouldStillBeLost() {
        pays("monthly", NOVEMBER, 50, "paid");
        pays("monthly", NOVEMBER, 50, "captured");
        assertThat(look(0, 0)).isEqualTo("40 LATE_PAYMENT [1]");
        rules = CAPPED;
        assertThat(look(0, 0)).isEqualTo(NOTHING);
    }

    @Test
    void whatWasGivenBackOnceIsNotGivenAgain() {
        pays("monthly", NOVEMBER, 50, "paid");
        OracleExpiry reversed = new OracleExpiry(1, USER, 40, 0, 0, DECIDED, 40, true);
        OracleExpiry inPart = new OracleExpiry(1, USER, 40, 0, 0, DECIDED, 15, true);
        assertThat(SecondLookRule.look(rules, reversed, payments, LOOKED, forgiven))
                .isEmpty();
        assertThat(SecondLookRule.look(rules, inPart, payments, LOOKED, forgiven))
                .isEmpty();
        assertThat(inPart.stillMissing()).isEqualTo(25);
    }

    @Test
    void aLateRenewalIsForgivenInsideTheWindowOnly() {
        pays("monthly", "2026-12-03T23:59:59.999999+05:30", 50, "paid");
        pays("monthly", "2026-12-04T00:00+05:30", 50, "paid");
        assertThat(look(0, 0)).as("off by default").isEqualTo(NOTHING);
        forgiven = Period.ofDays(3);
        assertThat(look(10, 10)).isEqualTo("30 RENEWED_LATE [1]");
        payments.remove(0);
        assertThat(look(0, 0)).isEqualTo(NOTHING);
        forgiven = Period.ofDays(4);
        assertThat(look(0, 0)).isEqualTo("40 RENEWED_LATE [2]");
    }

    @Test
    void onlyPaidPaymentsForEligiblePlansAreForgiven() {
        forgiven = Period.ofDays(30);
        pays("starter", "2026-12-04T12:00+05:30", 10, "paid");
        pays("monthly", "2026-12-04T12:00+05:30", 50, "pending");
        pays("monthly", "2026-12-07T12:00+05:30", 50, "paid");
        assertThat(look(0, 0)).as("the last one is dated after the look").isEqualTo(NOTHING);
    }

    @Test
    void aLatePaymentGoesBeforeALateRenewal() {
        forgiven = Period.ofDays(30);
        pays("monthly", NOVEMBER, 50, "paid");
        pays("monthly", "2026-12-04T12:00+05:30", 50, "paid");
        assertThat(look(0, 0)).isEqualTo("40 LATE_PAYMENT [1]");
        rules = CAPPED;
        payments.clear();
        pays("monthly", "2026-12-04T12:00+05:30", 50, "paid");
        assertThat(look(0, 0)).isEqualTo("20 RENEWED_LATE [1]");
        assertThat(look(20, 0)).as("a renewal does not undo its plan's own cap").isEqualTo(NOTHING);
    }

    private void pays(String plan, @Nullable String when, long added, String status) {
        payments.add(new OraclePayment(
                payments.size() + 1, USER, plan, 29_900, added, status, when == null ? null : at(when)));
    }

    /** What the look gives back of 40 credits of which so many were left. */
    private String look(long left, long protectedCredits) {
        return SecondLookRule.look(rules, expiry(left, protectedCredits), payments, LOOKED, forgiven)
                .map(one -> one.credits() + " " + one.reasonCode() + " "
                        + one.evidence().stream().sorted().toList())
                .orElse(NOTHING);
    }

    private boolean boughtMeanwhile(long left, long protectedCredits) {
        return SecondLookRule.boughtMeanwhile(rules, expiry(left, protectedCredits), payments);
    }

    private static OracleExpiry expiry(long left, long protectedCredits) {
        return new OracleExpiry(1, USER, 40, left, protectedCredits, DECIDED, 0, false);
    }
}
