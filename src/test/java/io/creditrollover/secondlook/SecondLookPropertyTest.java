package io.creditrollover.secondlook;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.oracle.OraclePayment;
import io.creditrollover.oracle.OracleRules;
import io.creditrollover.oracle.RandomTruths;
import java.sql.SQLException;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * "A run, then late truths, then a second look" is "the run that would have been, had they been known", but for what a
 * run may no longer take and for what was spent meanwhile. One host, twice: one knows before the run, one after it.
 */
class SecondLookPropertyTest {
    private static final int USERS = Integer.getInteger("secondlook.users", 2_000) / 2;
    private static final long SEED = LookedAtHost.SEED + 10;

    private LookedAtHost late;
    private LookedAtHost early;
    private Map<Long, List<OraclePayment>> truths;
    private Map<Long, Long> purchases;

    @BeforeEach
    void oneHostTwice() throws SQLException {
        late = LookedAtHost.random(SEED, USERS);
        early = late.copy();
        truths = late.randomTruths(SEED);
        purchases = new HashMap<>();
        leaveOutWhatWouldLowerP(early);
    }

    @Test
    void truthsLearnedLateEndAsTruthsKnownInTime() throws SQLException {
        List<OraclePayment> all =
                truths.values().stream().flatMap(Collection::stream).toList();
        early.learns(all);
        early.moves(purchases);
        early.runs();

        late.runs();
        Map<Long, Long> afterTheRun = late.balances();
        late.learns(all);
        late.moves(purchases);
        Map<Long, Long> boughtLater = boughtAfterTheDecision(late);
        Map<Long, Long> spent = late.randomSpending(SEED);
        late.moves(spent);
        Map<Long, Long> beforeTheLook = late.balances();

        Set<Long> skipped = skipped(early);
        Map<Long, Long> expected = new TreeMap<>();
        int[] raised = new int[2];
        early.balances().forEach((id, kept) -> {
            long recorded = afterTheRun.getOrDefault(id, 0L) + purchases.getOrDefault(id, 0L);
            // Who would have been skipped is undecidable, and stays as it is
            long right = skipped.contains(id) ? recorded : Math.max(recorded, kept);
            raised[purchases.containsKey(id) ? 1 : 0] += right > recorded ? 1 : 0;
            expected.put(id, right + spent.getOrDefault(id, 0L) + boughtLater.getOrDefault(id, 0L));
        });
        assertThat(raised[0]).as("by truths before the cut-off").isGreaterThan(USERS / 50);
        assertThat(raised[1]).as("by renewals after the cut-off").isPositive();
        Map<Long, Long> byTheOracle = new TreeMap<>(beforeTheLook);
        late.oracle()
                .reinstatements(Period.ZERO)
                .values()
                .forEach(one -> byTheOracle.merge(one.userId(), one.credits(), Long::sum));
        assertThat(byTheOracle).as("the oracle itself").isEqualTo(expected);

        late.looksAgain();

        assertThat(late.balances()).isEqualTo(expected);
        late.balances().forEach((id, credits) -> assertThat(credits)
                .as("user " + id)
                .isGreaterThanOrEqualTo(beforeTheLook.getOrDefault(id, 0L)));
    }

    /** A purchase dated after the decision is the next month's: it gives nothing back by default. */
    private static Map<Long, Long> boughtAfterTheDecision(LookedAtHost host) throws SQLException {
        Map<Long, Long> bought = new HashMap<>();
        List<OraclePayment> payments = new ArrayList<>();
        long id = RandomTruths.FIRST_NEW_ID + 500_000_000L;
        Instant now = Instant.now().minusMillis(1);
        for (Map.Entry<Long, Long> balance : host.balances().entrySet()) {
            if (balance.getKey() % 11 == 0 && balance.getValue() < 1_000_000) {
                bought.put(balance.getKey(), 50L);
                payments.add(new OraclePayment(id++, balance.getKey(), "monthly", 29_900, 50L, "paid", now));
            }
        }
        host.learns(payments);
        host.moves(bought);
        return bought;
    }

    /**
     * The host adds the credits of a payment when it is settled; those dated after the cut-off are of the new month. P
     * stays as recorded, so a truth that lowers P makes another month: such truths are left out.
     */
    private void leaveOutWhatWouldLowerP(LookedAtHost host) throws SQLException {
        Map<Long, OraclePayment> known = host.payments();
        OracleRules rules = host.rules();
        for (List<OraclePayment> ofUser : truths.values()) {
            ofUser.removeIf(truth -> {
                OraclePayment was = known.get(truth.id());
                return was != null && was.paid() && !truth.paid() && was.atOrAfter(rules.cutoff());
            });
            for (OraclePayment truth : ofUser) {
                OraclePayment was = known.get(truth.id());
                Long user = truth.userId();
                Long added = truth.creditsAdded();
                boolean paidSince = truth.paid() && (was == null || !was.paid());
                if (paidSince && truth.atOrAfter(rules.cutoff()) && user != null && added != null) {
                    purchases.merge(user, added, Long::sum);
                }
            }
        }
    }

    private static Set<Long> skipped(LookedAtHost host) {
        return new HashSet<>(host.database()
                .jdbc()
                .sql("select user_id from credit_rollover_skips")
                .query(Long.class)
                .list());
    }
}
