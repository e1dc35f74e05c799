package io.creditrollover.oracle;

import static io.creditrollover.oracle.Example.RULES;
import static io.creditrollover.oracle.Example.aUserWith;
import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.oracle.OracleVerdict.Kind;
import java.time.LocalDate;
import java.time.Period;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pending payments of users who would lose credits: what postpones them, and what the sweep then does. */
class OraclePendingTest {

    private static final String LATE = "2026-12-03T02:00+05:30";
    private static final String EXPIRY = "EXPIRY NO_PAYMENT 30 to 0 by null";
    private static final String POSTPONED = "POSTPONED PAYMENT_PENDING";
    private static final String SKIPPED = "SKIPPED PAYMENT_PENDING";

    /** Read five minutes after C: the grace began before C. */
    private static Example soon() {
        return aUserWith(30).readAt("2026-12-01T00:05+05:30");
    }

    @Test
    void postponesWhileYoungerThanTheGrace() {
        Example young = soon().monthly("pending", "2026-11-30T23:50:00.000001+05:30");
        assertThat(young.outcome()).isEqualTo(POSTPONED);
        assertThat(young.outcomeAfterWaiting()).isEqualTo(EXPIRY);

        Example asOldAsTheGrace = soon().monthly("pending", "2026-11-30T23:50+05:30");
        assertThat(asOldAsTheGrace.outcome()).isEqualTo(EXPIRY);
        assertThat(asOldAsTheGrace.outcomeAfterWaiting()).isEqualTo(EXPIRY);
    }

    @Test
    void postponesAtAnyAgeWhereDatedAtOrAfterTheCutoff() {
        Example atCutoff = aUserWith(30).readAt(LATE).monthly("pending", "2026-12-01T00:00+05:30");
        assertThat(atCutoff.outcome()).isEqualTo(POSTPONED);
        assertThat(atCutoff.outcomeAfterWaiting()).isEqualTo(EXPIRY);

        Example before = aUserWith(30).readAt(LATE).monthly("pending", "2026-11-30T23:59:59.999999+05:30");
        assertThat(before.outcome()).isEqualTo(EXPIRY);
    }

    @Test
    void postponesNobodyWhoLosesNothing() {
        Example user = aUserWith(30)
                .paid("monthly", "2026-11-16T12:00+05:30", 50)
                .monthly("pending", "2026-12-01T01:59+05:30")
                .monthly("pending", null);
        assertThat(user.outcome()).isEqualTo("ROLLOVER ELIGIBLE_PLAN 30 to 30 by 1");

        OraclePlan capped = OraclePlan.eligible(Period.ofMonths(1)).withMaxCredits(29);
        user.under(RULES.withPlan("monthly", capped));
        assertThat(user.outcome()).isEqualTo(POSTPONED);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"infinity", "-infinity"})
    void skipsWithoutADateAtOnceOrInTheSweep(String when) {
        Example undated = aUserWith(30).monthly("pending", when);
        assertThat(undated.outcome()).isEqualTo(POSTPONED);
        assertThat(undated.judge().accepts(Kind.SKIPPED, "PAYMENT_PENDING")).isTrue();
        assertThat(undated.judge().accepts(Kind.EXPIRY, "NO_PAYMENT")).isFalse();
        assertThat(undated.outcomeAfterWaiting()).isEqualTo(SKIPPED);
    }

    @Test
    void skipsInTheSweepWhereTheDateIsLaterThanTheClock() {
        Example future = aUserWith(30).monthly("pending", "2026-12-01T02:00:00.000001+05:30");
        assertThat(future.outcome()).isEqualTo(POSTPONED);
        assertThat(future.judge().accepts(Kind.SKIPPED, "PAYMENT_PENDING")).isFalse();
        assertThat(future.outcomeAfterWaiting()).isEqualTo(SKIPPED);

        Example now = aUserWith(30).monthly("pending", "2026-12-01T02:00+05:30");
        assertThat(now.outcome()).isEqualTo(POSTPONED);
        assertThat(now.outcomeAfterWaiting()).isEqualTo(EXPIRY);
    }

    @Test
    void skipsAheadOfTheCutoffWhatIsDatedAfterIt() {
        Example user = aUserWith(30)
                .under(RULES.withDate(LocalDate.of(2027, 1, 1)))
                .monthly("pending", "2027-01-01T00:00+05:30");
        assertThat(user.outcome()).isEqualTo(POSTPONED);
        assertThat(user.outcomeAfterWaiting()).isEqualTo(SKIPPED);
    }

    @Test
    void anUndecidableUserIsSkippedAndNotPostponed() {
        OracleVerdict verdict = aUserWith(30)
                .paid("monthly", null, 50)
                .monthly("pending", "2026-12-01T01:59+05:30")
                .judge();
        assertThat(verdict.kind()).isEqualTo(Kind.SKIPPED);
        assertThat(verdict.outcomes()).hasSize(1);
    }
}
