package io.creditrollover.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.oracle.Oracle;
import io.creditrollover.oracle.OracleHost;
import io.creditrollover.oracle.OracleRules;
import io.creditrollover.oracle.OracleUser;
import io.creditrollover.oracle.OracleVerdict;
import io.creditrollover.oracle.OracleVerdict.Kind;
import io.creditrollover.oracle.RandomHost;
import io.creditrollover.oracle.RandomRules;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The decision against the oracle, which somebody else wrote from the contract alone: the same for everybody. */
class RolloverPolicyAgainstOracleTest {
    private static final int SEEDS = 200;
    private static final int USERS = 200;

    private final Map<Kind, Integer> seen = new EnumMap<>(Kind.class);

    @Test
    void decidesAsTheOracleForRandomUsersUnderRandomRules() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            OracleRules rules = RandomRules.of(seed);
            Instant now = RandomRules.now(seed, rules);
            RolloverPolicy policy = Rows.policy(rules);
            OracleHost host =
                    RandomHost.with(seed, rules, now).users(USERS).build().toOracleHost();
            for (OracleUser user : host.users().values()) {
                compare(seed, rules, policy, host, user, now);
            }
        }
        assertThat(seen).as("each kind came up often").hasSize(Kind.values().length);
        assertThat(seen.values()).allMatch(count -> count > SEEDS);
    }

    private void compare(
            long seed, OracleRules rules, RolloverPolicy policy, OracleHost host, OracleUser user, Instant now) {
        String who = "seed " + seed + ", " + user + ", " + host.paymentsOf(user.id()) + ", now " + now + ", " + rules;
        OracleVerdict expected = Oracle.judge(rules, user, host.paymentsOf(user.id()), now);
        seen.merge(expected.kind(), 1, Integer::sum);
        if (expected.kind() == Kind.OUT_OF_SCOPE) {
            return; // scope is the reader's business
        }
        Rows rows = Rows.of(user, host.paymentsOf(user.id()));
        Verdict verdict = policy.decide(rows.readAt(now, policy));
        assertThat(said(verdict)).as(who).isEqualTo(said(inTermsOf(verdict, expected)));
        if (verdict instanceof Verdict.Postponed wait) {
            Verdict later = policy.decide(rows.readAfterWaiting(now, policy, wait.until()));
            OracleVerdict expectedLater = Oracle.judgeAfterWaiting(rules, user, host.paymentsOf(user.id()), now);
            assertThat(said(later)).as("after waiting, " + who).isEqualTo(said(inTermsOf(later, expectedLater)));
        }
    }

    /** Several reasons may apply, and several renewals be equal: the contract leaves open which one is told. */
    private static OracleVerdict inTermsOf(Verdict found, OracleVerdict expected) {
        if (found instanceof RolloverDecision decision) {
            Long evidence =
                    decision.evidence() == null ? null : decision.evidence().id();
            Kind kind = Kind.valueOf(decision.action().name());
            return expected.inTermsOf(kind, decision.reasonCode().name(), evidence);
        }
        return found instanceof Verdict.Skipped aside
                ? expected.inTermsOf(Kind.SKIPPED, aside.reasonCode().name(), null)
                : expected.inTermsOf(Kind.POSTPONED, "PAYMENT_PENDING", null);
    }

    private static String said(Verdict verdict) {
        if (verdict instanceof RolloverDecision decision) {
            Long evidence =
                    decision.evidence() == null ? null : decision.evidence().id();
            return decision.action() + " " + decision.reasonCode() + " " + decision.creditsBefore() + " to "
                    + decision.creditsAfter() + ", " + decision.creditsProtected() + " protected, by " + evidence;
        }
        return verdict instanceof Verdict.Skipped aside ? "SKIPPED " + aside.reasonCode() : "POSTPONED";
    }

    private static String said(OracleVerdict verdict) {
        return switch (verdict.kind()) {
            case ROLLOVER, EXPIRY ->
                verdict.kind() + " " + verdict.reasonCode() + " " + verdict.creditsBefore() + " to "
                        + verdict.creditsAfter() + ", " + verdict.protectedCredits() + " protected, by "
                        + verdict.evidencePaymentId();
            case SKIPPED -> "SKIPPED " + verdict.reasonCode();
            default -> verdict.kind().toString();
        };
    }
}
