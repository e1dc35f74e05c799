package io.creditrollover.oracle;

import static io.creditrollover.oracle.Example.RULES;
import static io.creditrollover.oracle.Example.aUserWith;
import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.oracle.OracleVerdict.Kind;
import io.creditrollover.oracle.OracleVerdict.Outcome;
import java.time.LocalDate;
import java.time.Period;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PAYMENT_STATUS_UNKNOWN: a status outside the contract is not read as "no payment". */
class OracleStatusTest {

    private static final String NOVEMBER = "2026-11-16T12:00+05:30";
    private static final String WINDOW_START = "2026-11-01T00:00+05:30";
    private static final String BEFORE_WINDOW = "2026-10-31T23:59:59.999999+05:30";
    private static final String EXPIRY = "EXPIRY NO_PAYMENT 30 to 0 by null";
    private static final String SKIPPED = "SKIPPED PAYMENT_STATUS_UNKNOWN";

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"captured", "PAID", "Paid", "paid ", " paid", "PENDING", "partially_refunded", ""})
    void countsOnlyWhereCreditsWouldBeLost(String status) {
        assertThat(aUserWith(30).monthly(status, NOVEMBER).outcome()).isEqualTo(SKIPPED);
        assertThat(aUserWith(30).monthly(status, NOVEMBER).outcomeAfterWaiting())
                .isEqualTo(SKIPPED);
        assertThat(aUserWith(30)
                        .paid("monthly", NOVEMBER, 50)
                        .monthly(status, NOVEMBER)
                        .outcome())
                .isEqualTo("ROLLOVER ELIGIBLE_PLAN 30 to 30 by 1");
        assertThat(aUserWith(30)
                        .paid("starter", "2026-12-01T00:30+05:30", 30)
                        .monthly(status, NOVEMBER)
                        .outcome())
                .isEqualTo("ROLLOVER PURCHASED_AFTER_CUTOFF 30 to 30 by null");
    }

    @Test
    void countsForWhomACapWouldTakeCredits() {
        OracleRules capped = RULES.withPlan(
                "monthly", OraclePlan.eligible(Period.ofMonths(1)).withMaxCredits(29));
        assertThat(aUserWith(30)
                        .under(capped)
                        .paid("monthly", NOVEMBER, 50)
                        .monthly("captured", NOVEMBER)
                        .outcome())
                .isEqualTo(SKIPPED);
        assertThat(aUserWith(29)
                        .under(capped)
                        .paid("monthly", NOVEMBER, 50)
                        .monthly("captured", NOVEMBER)
                        .outcome())
                .isEqualTo("ROLLOVER ELIGIBLE_PLAN 29 to 29 by 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"failed", "refunded", "pending"})
    void theOtherThreeAreKnown(String status) {
        assertThat(aUserWith(30).monthly(status, NOVEMBER).outcome()).isEqualTo(EXPIRY);
    }

    @Test
    void countsFromTheStartOfTheWindow() {
        assertThat(aUserWith(30).monthly("captured", WINDOW_START).outcome()).isEqualTo(SKIPPED);
        assertThat(aUserWith(30).monthly("captured", BEFORE_WINDOW).outcome()).isEqualTo(EXPIRY);
        assertThat(aUserWith(30).monthly("captured", "0001-01-01T00:00Z").outcome())
                .isEqualTo(EXPIRY);
        assertThat(aUserWith(30).monthly("captured", "2026-12-01T01:00+05:30").outcome())
                .isEqualTo(SKIPPED);
    }

    @Test
    void countsFromTheEarliestWindowOfAllConfiguredPlans() {
        OracleRules quarter = RULES.withPlan("power", OraclePlan.eligible(Period.ofMonths(3)));
        assertThat(quarter.earliestWindowStart()).isEqualTo(Example.at("2026-09-01T00:00+05:30"));
        assertThat(aUserWith(30)
                        .under(quarter)
                        .monthly("captured", "2026-09-01T00:00+05:30")
                        .outcome())
                .isEqualTo(SKIPPED);
        assertThat(aUserWith(30)
                        .under(quarter)
                        .monthly("captured", "2026-08-31T23:59:59.999999+05:30")
                        .outcome())
                .isEqualTo(EXPIRY);

        OracleRules ineligible = RULES.withPlan("legacy", new OraclePlan(false, Period.ofMonths(3), null, 100));
        assertThat(ineligible.earliestWindowStart()).isEqualTo(quarter.earliestWindowStart());
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"infinity", "-infinity", "2026-12-01T02:00:00.000001+05:30"})
    void countsWithoutAUsableDate(String when) {
        assertThat(aUserWith(30).monthly("captured", when).outcome()).isEqualTo(SKIPPED);
        assertThat(aUserWith(30).monthly(null, when).outcome()).isEqualTo(SKIPPED);
    }

    @Test
    void aDateLaterThanTheClockIsUnusableBeforeTheWindowToo() {
        // A forecast for the month after next: the window has not begun
        OracleRules february = RULES.withDate(LocalDate.of(2027, 2, 1));
        assertThat(aUserWith(30)
                        .under(february)
                        .monthly("captured", "2026-12-05T00:00+05:30")
                        .outcome())
                .isEqualTo(SKIPPED);
        assertThat(aUserWith(30)
                        .under(february)
                        .monthly("captured", "2026-12-01T02:00+05:30")
                        .outcome())
                .isEqualTo(EXPIRY);
    }

    @Test
    void statusesListedAsUnpaidAreKnownInThatSpellingOnly() {
        OracleRules rules = RULES.withUnpaidStatuses(Set.of("cancelled", "expired"));
        assertThat(aUserWith(30).under(rules).monthly("cancelled", NOVEMBER).outcome())
                .isEqualTo(EXPIRY);
        assertThat(aUserWith(30).under(rules).monthly("Cancelled", NOVEMBER).outcome())
                .isEqualTo(SKIPPED);
        assertThat(aUserWith(30).under(rules).monthly("captured", NOVEMBER).outcome())
                .isEqualTo(SKIPPED);
        assertThat(aUserWith(30).under(rules).monthly(null, NOVEMBER).outcome()).isEqualTo(SKIPPED);
    }

    @Test
    void besideAPendingPaymentEitherReasonIsAccepted() {
        Example user = aUserWith(30).monthly("captured", NOVEMBER).monthly("pending", "2026-12-01T01:59+05:30");
        assertThat(user.judge().outcomes())
                .containsExactly(
                        new Outcome(Kind.SKIPPED, "PAYMENT_STATUS_UNKNOWN"),
                        new Outcome(Kind.POSTPONED, "PAYMENT_PENDING"));
        assertThat(user.judgeAfterWaiting().outcomes())
                .containsExactly(new Outcome(Kind.SKIPPED, "PAYMENT_STATUS_UNKNOWN"));
    }
}
