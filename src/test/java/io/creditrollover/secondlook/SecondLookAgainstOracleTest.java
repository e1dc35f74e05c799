package io.creditrollover.secondlook;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.oracle.OracleExpiry;
import io.creditrollover.oracle.OracleReinstatement;
import io.creditrollover.oracle.OracleRules;
import io.creditrollover.oracle.SecondLookOracle;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A random month, random late truths, and the second look held against the oracle: every balance, event and total. */
class SecondLookAgainstOracleTest {
    /** {@code -Dsecondlook.users=20000} for more of them. */
    private static final int USERS = Integer.getInteger("secondlook.users", 2_000);

    private static final Period NONE_FORGIVEN = Period.ZERO;

    @Test
    void givesBackWhatTheOracleSaysOnceAndAnUndoGivesBackTheRest() throws Exception {
        LookedAtHost host = LookedAtHost.random(LookedAtHost.SEED, USERS);
        long run = host.runs();
        host.learns(host.randomTruths(LookedAtHost.SEED).values().stream()
                .flatMap(Collection::stream)
                .toList());
        someBuyAfterTheDecision(host);
        somebodyGaveBackAlready(host, run);
        host.moves(host.randomSpending(LookedAtHost.SEED));
        host.database().execute("delete from users where id % 37 = 0");
        Map<Long, OracleReinstatement> expected = host.oracle().reinstatements(NONE_FORGIVEN);
        assertEnoughToCompare(host, expected);

        aDryLookSaysWhatWouldBeAndWritesNoEvent(host, expected);
        aLookDoes(host, expected);
        anotherLookChangesNothing(host);
        anUndoGivesBackTheRest(host, run);
        anUndoneRunIsNotLookedAt(host);
    }

    @Test
    void givesBackToWhomRenewsLateWhereABusinessForgivesIt() throws Exception {
        LocalDate today = LocalDate.ofInstant(Instant.now(), HostFixture.BUSINESS_ZONE);
        Period forgiven = Period.ofDays(today.getDayOfMonth() + 2);
        LookedAtHost host = LookedAtHost.filled(
                LookedAtHost.SEED + 1,
                USERS / 4,
                OracleRules.defaults(today.withDayOfMonth(1)),
                "rollover.reinstatement.window=" + forgiven);
        host.runs();
        host.learns(host.randomTruths(LookedAtHost.SEED + 1).values().stream()
                .flatMap(Collection::stream)
                .toList());
        someBuyAfterTheDecision(host);
        Map<Long, OracleReinstatement> expected = host.oracle().reinstatements(forgiven);
        assertThat(expected.values().stream().map(OracleReinstatement::reasonCode))
                .contains(OracleReinstatement.LATE_PAYMENT, OracleReinstatement.RENEWED_LATE);

        aLookDoes(host, expected);
        anotherLookChangesNothing(host);
    }

    /** A row of credit_rollover_skips, as for everybody whom a run leaves to a person. */
    @Test
    void listsWhoBoughtMeanwhile() throws Exception {
        LookedAtHost host = LookedAtHost.random(LookedAtHost.SEED + 2, USERS / 4);
        host.runs();
        host.learns(host.randomTruths(LookedAtHost.SEED + 2).values().stream()
                .flatMap(Collection::stream)
                .toList());
        SecondLookOracle oracle = host.oracle();
        Set<Long> mustBeListed = new TreeSet<>(oracle.boughtMeanwhile());
        Map<Long, OracleReinstatement> expected = oracle.reinstatements(NONE_FORGIVEN);
        for (OracleExpiry expiry : oracle.expiries()) {
            OracleReinstatement reinstated = expected.get(expiry.eventId());
            if (reinstated != null && reinstated.credits() == expiry.expired()) {
                mustBeListed.remove(expiry.userId()); // nothing is left to reinstate
            }
        }
        assertThat(mustBeListed).isNotEmpty();

        host.looksAgain();

        Set<Long> listed =
                new TreeSet<>(host.database().jdbc().sql("""
                        select s.user_id from credit_rollover_skips s join credit_rollover_runs r on r.id = s.run_id
                        where r.mode = 'reinstate' and s.reason_code = 'BOUGHT_MEANWHILE'
                        """).query(Long.class).list());
        assertThat(listed).containsAll(mustBeListed);
        assertThat(oracle.boughtMeanwhile()).containsAll(listed);
    }

    private static void assertEnoughToCompare(LookedAtHost host, Map<Long, OracleReinstatement> expected)
            throws SQLException {
        assertThat(expected).hasSizeGreaterThan(USERS / 50);
        assertThat(host.oracle().expiries()).as("of which a part is given back").anyMatch(expiry -> {
            OracleReinstatement one = expected.get(expiry.eventId());
            return one != null && one.credits() < expiry.expired();
        });
        assertThat(host.database().count("""
                select count(*) from credit_rollover_events where action = 'rollover' and credits_after < credits_before
                """)).as("caps").isPositive();
    }

    private static void aDryLookSaysWhatWouldBeAndWritesNoEvent(
            LookedAtHost host, Map<Long, OracleReinstatement> expected) {
        Map<Long, Long> balances = host.balances();
        List<String> events = host.events();

        JsonNode dry = host.does("second-look", "--date", host.date().toString(), "--dry-run", "--json");

        assertTotals(dry, expected.values());
        assertThat(host.balances()).isEqualTo(balances);
        assertThat(host.events()).isEqualTo(events);
    }

    private static void aLookDoes(LookedAtHost host, Map<Long, OracleReinstatement> expected) throws SQLException {
        Map<Long, Long> before = host.balances();
        List<String> events = host.events();
        Map<Long, Long> after = new TreeMap<>(before);
        expected.values().forEach(one -> after.merge(one.userId(), one.credits(), Long::sum));

        JsonNode look = host.looksAgain();

        assertThat(host.balances()).isEqualTo(after);
        assertTotals(look, expected.values());
        assertThat(look.get("mode").asString()).isEqualTo("reinstate");
        assertThat(look.get("status").asString()).isEqualTo("COMPLETED");
        assertThat(look.get("rolloverDate").asString()).isEqualTo(host.date().toString());
        assertThat(host.events()).startsWith(events.toArray(String[]::new));
        Reinstatements.assertWritten(host, look.get("runId").asLong(), expected, before);
    }

    private static void anotherLookChangesNothing(LookedAtHost host) {
        Map<Long, Long> balances = host.balances();
        List<String> events = host.events();

        assertTotals(host.looksAgain(), List.of());
        host.does("second-look", "--json");

        assertThat(host.balances()).isEqualTo(balances);
        assertThat(host.events()).isEqualTo(events);
    }

    private static void anUndoGivesBackTheRest(LookedAtHost host, long run) throws SQLException {
        Map<Long, Long> expected = host.balances();
        long credits = 0;
        for (OracleExpiry expiry : host.oracle().expiries()) {
            if (expected.containsKey(expiry.userId())) {
                expected.merge(expiry.userId(), expiry.stillMissing(), Long::sum);
                credits += expiry.stillMissing();
            }
        }

        JsonNode undo = host.does("undo", String.valueOf(run), "--reason", "a test", "--json");

        assertThat(host.balances()).isEqualTo(expected);
        assertThat(undo.get("creditsReinstated").asLong()).isEqualTo(credits);
        assertThat(host.database().count("""
                select count(*) from credit_rollover_events e join users u on u.id = e.user_id
                where e.action in ('rollover', 'expiry')
                  and e.credits_before - e.credits_after
                      <> (select coalesce(sum(g.credits_after - g.credits_before), 0)
                          from credit_rollover_events g where g.reverses = e.id)
                """))
                .as("events of which not exactly what they took was given back")
                .isZero();
    }

    private static void anUndoneRunIsNotLookedAt(LookedAtHost host) {
        Map<Long, Long> balances = host.balances();
        List<String> events = host.events();

        assertThat(host.command("second-look", "--date", host.date().toString(), "--json")
                        .exitCode())
                .isEqualTo(64);
        long runs = host.database().count("select count(*) from credit_rollover_runs");
        host.does("second-look", "--json");

        assertThat(host.balances()).isEqualTo(balances);
        assertThat(host.events()).isEqualTo(events);
        assertThat(host.database().count("select count(*) from credit_rollover_runs"))
                .as("nothing is due, so no run row")
                .isEqualTo(runs);
    }

    /** One in five; the host adds the credits itself. Not those whose balance would overflow when it is given back. */
    private static void someBuyAfterTheDecision(LookedAtHost host) throws SQLException {
        Map<Long, Long> bought = new HashMap<>();
        host.database().jdbc().sql("""
                        insert into payments (user_id, phone_number, plan_type, amount, credits_added, payment_status)
                        select id, phone_number, case when id % 3 = 0 then 'starter' else 'monthly' end, 29900, 50, 'paid'
                        from users u
                        where id % 5 = 0 and credits < 1000000
                          and not exists (select from credit_rollover_events e
                                          where e.user_id = u.id and e.credits_before >= 1000000)
                        returning user_id
                        """).query(Long.class).list().forEach(user -> bought.put(user, 50L));
        host.moves(bought);
    }

    /** A person by goodwill, and an undo of single users, to users to whom the look would give. */
    private static void somebodyGaveBackAlready(LookedAtHost host, long run) throws SQLException {
        List<OracleReinstatement> some = host.oracle().reinstatements(NONE_FORGIVEN).values().stream()
                .filter(one -> one.userId() % 37 != 0)
                .limit(4)
                .toList();
        assertThat(some).hasSize(4);
        for (OracleReinstatement one : some.subList(0, 2)) {
            String date = host.date().toString();
            host.does("reinstate", "" + one.userId(), "--date", date, "--reason", "goodwill", "--json");
        }
        for (OracleReinstatement one : some.subList(2, 4)) {
            host.does("undo", "" + run, "--user", "" + one.userId(), "--reason", "a test", "--json");
        }
        assertThat(host.oracle().reinstatements(NONE_FORGIVEN).values()).doesNotContainAnyElementsOf(some);
    }

    private static void assertTotals(JsonNode said, Collection<OracleReinstatement> expected) {
        assertThat(said.get("usersReinstated").asLong()).isEqualTo(expected.size());
        assertThat(said.get("creditsReinstated").asLong())
                .isEqualTo(expected.stream()
                        .mapToLong(OracleReinstatement::credits)
                        .sum());
    }
}
