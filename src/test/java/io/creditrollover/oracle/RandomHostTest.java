package io.creditrollover.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The generator: it reaches every verdict and every odd value, repeats itself, and survives the way through a database. */
class RandomHostTest {

    private static final String[] REASON_CODES = {
        "CAPPED",
        "CREDITS_UNUSABLE",
        "ELIGIBLE_PLAN",
        "NOT_IN_SCOPE",
        "NO_PAYMENT",
        "PAYMENT_DATE_UNUSABLE",
        "PAYMENT_PENDING",
        "PAYMENT_STATUS_UNKNOWN",
        "PLAN_NOT_ELIGIBLE",
        "PLAN_UNKNOWN",
        "PURCHASED_AFTER_CUTOFF",
        "RENEWED_AFTER_CUTOFF",
        "WINDOW_ELAPSED",
    };

    private static final Instant YEAR_ONE = Instant.parse("0001-01-01T00:00:00Z");

    @Test
    void reachesEveryVerdictAndRepeatsItself() {
        Map<String, Integer> seen = new TreeMap<>();
        int overruled = 0;
        for (long seed = 0; seed < 300; seed++) {
            OracleRules rules = RandomRules.of(seed);
            Instant now = RandomRules.now(seed, rules);
            RandomHost host = anything(seed, rules, now).build();
            RandomHost again = anything(seed, rules, now).build();
            assertThat(again.users()).isEqualTo(host.users());
            assertThat(again.payments()).isEqualTo(host.payments());
            for (OracleVerdict verdict :
                    host.toOracleHost().judgeAll(rules, now).values()) {
                seen.merge(verdict.reasonCode(), 1, Integer::sum);
                assertThat(verdict.creditsAfter()).isLessThanOrEqualTo(verdict.creditsBefore());
                assertThat(verdict.creditsAfter()).isGreaterThanOrEqualTo(0);
                overruled += isRenewedDespiteAnEarlierPayment(host, rules, verdict) ? 1 : 0;
            }
        }
        assertThat(seen.keySet()).containsExactlyInAnyOrder(REASON_CODES);
        assertThat(seen.values()).allMatch(count -> count > 100, "often enough: " + seen);
        assertThat(overruled).as("the second row leaves more than the first").isGreaterThan(100);
    }

    /** The first row fits too, so the second won because it leaves more. */
    private static boolean isRenewedDespiteAnEarlierPayment(RandomHost host, OracleRules rules, OracleVerdict verdict) {
        Long evidence = verdict.evidencePaymentId();
        if (evidence == null || verdict.kind() != OracleVerdict.Kind.ROLLOVER) {
            return false;
        }
        OraclePayment last = null;
        for (OraclePayment payment : host.payments()) {
            Long owner = payment.userId();
            boolean own = owner != null && owner == verdict.userId() && payment.paid();
            if (own && payment.id() == evidence && payment.before(rules.cutoff())) {
                return false;
            }
            if (own && payment.before(rules.cutoff()) && (last == null || payment.laterThan(last))) {
                last = payment;
            }
        }
        OraclePlan plan = last == null ? null : rules.eligiblePlan(last.planType());
        return last != null && plan != null && last.atOrAfter(rules.windowStart(plan));
    }

    private static RandomHost.Builder anything(long seed, OracleRules rules, Instant now) {
        return RandomHost.with(seed, rules, now).users(100).nullableColumns().bigintColumns();
    }

    @Test
    void makesEveryOddValueAndOrphans() {
        Set<String> seen = new TreeSet<>();
        for (long seed = 0; seed < 20; seed++) {
            OracleRules rules = RandomRules.of(seed);
            RandomHost host = anything(seed, rules, RandomRules.now(seed, rules))
                    .users(500)
                    .build();
            for (OraclePayment payment : host.payments()) {
                boolean unpaid =
                        payment.status() != null && rules.unpaidStatuses().contains(payment.status());
                seen.add("status " + (unpaid ? "listed" : payment.status()));
                seen.add("plan " + payment.planType());
                seen.add("date "
                        + (payment.dated() && !payment.before(YEAR_ONE.plusSeconds(1)) ? "" : payment.createdAt()));
                seen.add("credits " + (payment.creditsAdded() == null));
                seen.add("owner " + (payment.userId() == null));
            }
            host.users().forEach(user -> seen.add("balance above 32 bits " + (user.credits() > Integer.MAX_VALUE)));
            seen.add("orphans "
                    + !host.toOracleHost().orphanedPayments(rules, Set.of()).isEmpty());
        }
        assertThat(seen)
                .contains("status null", "status captured", "status PAID", "status paid ", "status listed", "plan null")
                .contains("date null", "date " + YEAR_ONE, "date " + Instant.MIN, "date " + Instant.MAX)
                .contains("credits true", "owner true", "balance above 32 bits true", "orphans true");
    }

    @Test
    void keepsToTheDemosTablesWithoutTheSwitches() {
        OracleRules rules = RandomRules.of(1);
        RandomHost host = RandomHost.with(1, rules, RandomRules.now(1, rules))
                .users(2_000)
                .build();
        assertThat(host.payments())
                .noneMatch(payment ->
                        payment.userId() == null || payment.planType() == null || payment.creditsAdded() == null);
        assertThat(host.users()).noneMatch(user -> user.phoneNumber() == null || user.credits() > Integer.MAX_VALUE);
    }

    @Test
    void aClockThatMovesOnWithinTheMarginChangesNoVerdict() {
        for (long seed = 0; seed < 100; seed++) {
            OracleRules rules = RandomRules.of(seed).withPendingGrace(OracleRules.DEFAULT_GRACE);
            Instant now = RandomRules.now(seed, rules);
            OracleHost host = anything(seed, rules, now)
                    .clockMargin(Duration.ofMinutes(10))
                    .build()
                    .toOracleHost();
            Instant later = now.plus(Duration.ofMinutes(10));
            assertThat(host.judgeAll(rules, later)).as("seed " + seed).isEqualTo(host.judgeAll(rules, now));
            assertThat(host.judgeAllAfterWaiting(rules, later))
                    .as("seed " + seed)
                    .isEqualTo(host.judgeAllAfterWaiting(rules, now));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void comesBackFromADatabaseAsItWasWritten(boolean loose) throws SQLException {
        OracleRules rules =
                RandomRules.of(7, OracleRules.defaults(LocalDate.EPOCH).zone(), LocalDate.of(2026, 11, 1));
        Instant now = RandomRules.now(7, rules);
        RandomHost.Builder builder = RandomHost.with(7, rules, now).users(1_000).strayPhones();
        if (loose) {
            builder.nullableColumns().bigintColumns().firstIds(3_000_000_000L, 5_000_000_000L);
        }
        RandomHost host = builder.build();
        try (Connection connection = TestDatabase.fresh().open()) {
            if (loose) {
                RandomHost.loosenTables(connection);
            }
            host.insertPlansInto(connection);
            host.insertInto(connection);
            OracleHost read = OracleHost.load(connection);

            assertThat(read.users().values()).containsExactlyElementsOf(host.users());
            for (OracleUser user : host.users()) {
                assertThat(read.paymentsOf(user.id()))
                        .containsExactlyInAnyOrderElementsOf(host.toOracleHost().paymentsOf(user.id()));
            }
            assertThat(read.orphanedPayments(rules, Set.of()))
                    .containsExactlyInAnyOrderElementsOf(host.toOracleHost().orphanedPayments(rules, Set.of()))
                    .isNotEmpty();
            assertThat(OracleHost.knownPlanTypes(connection)).containsAll(rules.knownPlanTypes());
            assertThat(OracleHost.clock(connection)).isAfter(Instant.parse("2020-01-01T00:00:00Z"));
        }
    }
}
