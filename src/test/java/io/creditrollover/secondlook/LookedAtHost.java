package io.creditrollover.secondlook;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.Cli;
import io.creditrollover.oracle.BelievableUsers;
import io.creditrollover.oracle.OracleHost;
import io.creditrollover.oracle.OraclePayment;
import io.creditrollover.oracle.OraclePlan;
import io.creditrollover.oracle.OracleRules;
import io.creditrollover.oracle.OracleUser;
import io.creditrollover.oracle.RandomRules;
import io.creditrollover.oracle.RandomTruths;
import io.creditrollover.oracle.SecondLookOracle;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A random host in a database, what happens to it, and the product on it. */
final class LookedAtHost {
    static final long SEED = Long.getLong("secondlook.seed", 20_261_126L);

    private static final Duration GRACE = Duration.ofMinutes(15);

    private final TestDatabase database;
    private final OracleRules rules;
    private final String[] settings;
    private @Nullable Cli cli;

    private LookedAtHost(TestDatabase database, OracleRules rules, String[] settings) {
        this.database = database;
        this.rules = rules;
        this.settings = settings;
    }

    /**
     * Rules with odd windows, at least one plan with a cap and a percent, and users at their edges; nobody's payment is
     * waited for.
     */
    static LookedAtHost random(long seed, int users) throws SQLException {
        LocalDate date =
                LocalDate.ofInstant(Instant.now(), HostFixture.BUSINESS_ZONE).withDayOfMonth(1);
        OraclePlan capped =
                OraclePlan.eligible(Period.ofMonths(1)).withMaxCredits(30).withCarryPercent(75);
        return filled(
                seed,
                users,
                RandomRules.of(seed, HostFixture.BUSINESS_ZONE, date).withPlan("power", capped));
    }

    static LookedAtHost filled(long seed, int users, OracleRules wanted, String... settings) throws SQLException {
        System.out.println("-Dsecondlook.seed=" + SEED + ": seed " + seed + ", " + users + " users");
        OracleRules rules = wanted.withPendingGrace(GRACE);
        TestDatabase database = TestDatabase.migrated();
        try (Connection connection = database.open()) {
            BelievableUsers.fill(connection, seed, rules, users);
        }
        return new LookedAtHost(database, rules, settings(rules, settings));
    }

    /** The same host in a database of its own. Before the first command, while nobody is connected. */
    LookedAtHost copy() {
        return new LookedAtHost(database.copy(), rules, settings);
    }

    TestDatabase database() {
        return database;
    }

    OracleRules rules() {
        return rules;
    }

    LocalDate date() {
        return rules.date();
    }

    /** A command that must end well, and what it said. */
    JsonNode does(String... args) {
        Cli.Result result = command(args);
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
        return result.json();
    }

    Cli.Result command(String... args) {
        if (cli == null) {
            cli = Cli.startedOnce(database, settings);
        }
        return cli.run(args);
    }

    /** The month's live run; returns its execution id. */
    long runs() {
        JsonNode run = does("run", "--approve", "a test", "--json");
        assertThat(run.get("status").asString()).isEqualTo("COMPLETED");
        return run.get("executionId").asLong();
    }

    JsonNode looksAgain() {
        return does("second-look", "--date", date().toString(), "--json");
    }

    SecondLookOracle oracle() throws SQLException {
        try (Connection connection = database.open()) {
            return SecondLookOracle.load(connection);
        }
    }

    /** By id. */
    Map<Long, OraclePayment> payments() throws SQLException {
        try (Connection connection = database.open()) {
            OracleHost host = OracleHost.load(connection);
            Map<Long, OraclePayment> payments = new HashMap<>();
            for (long user : host.users().keySet()) {
                host.paymentsOf(user).forEach(payment -> payments.put(payment.id(), payment));
            }
            return payments;
        }
    }

    Map<Long, Long> balances() {
        Map<Long, Long> balances = new TreeMap<>();
        database.jdbc().sql("select id, credits from users").query(rs -> {
            balances.put(rs.getLong(1), rs.getLong(2));
        });
        return balances;
    }

    List<String> events() {
        return database.jdbc()
                .sql("select e::text from credit_rollover_events e order by id")
                .query(String.class)
                .list();
    }

    /** Truths about three of four users whom they suit, by user. */
    Map<Long, List<OraclePayment>> randomTruths(long seed) throws SQLException {
        try (Connection connection = database.open()) {
            OracleHost host = OracleHost.load(connection);
            OracleRules known = rules.withKnownPlanTypes(OracleHost.knownPlanTypes(connection));
            RandomTruths truths = new RandomTruths(seed, known, latestBeforeTheRun());
            Random random = new Random(seed);
            Map<Long, List<OraclePayment>> all = new TreeMap<>();
            for (OracleUser user : host.users().values()) {
                if (random.nextInt(4) > 0 && RandomTruths.suits(user, host.paymentsOf(user.id()))) {
                    all.put(user.id(), truths.about(user, host.paymentsOf(user.id())));
                }
            }
            return all;
        }
    }

    private Instant latestBeforeTheRun() {
        OffsetDateTime firstDecision = database.jdbc()
                .sql("select coalesce(min(created_at), now()) from credit_rollover_events")
                .query(OffsetDateTime.class)
                .single();
        Instant latest = firstDecision.toInstant().minusSeconds(60);
        assertThat(latest).as("later than the cut-off").isAfter(rules.cutoff());
        return latest;
    }

    /** Writes each row as it should have been. */
    void learns(Iterable<OraclePayment> truths) throws SQLException {
        try (Connection connection = database.open();
                PreparedStatement upsert = connection.prepareStatement("""
                        insert into payments (id, user_id, phone_number, plan_type, amount, credits_added,
                                              payment_status, created_at) overriding system value
                        values (?, ?, '+910000000000', ?, ?, ?, ?, ?)
                        on conflict (id) do update
                        set plan_type = excluded.plan_type, payment_status = excluded.payment_status
                        """)) {
            connection.setAutoCommit(false);
            for (OraclePayment truth : truths) {
                upsert.setLong(1, truth.id());
                upsert.setObject(2, truth.userId());
                upsert.setString(3, truth.planType());
                upsert.setLong(4, truth.amountPaise());
                upsert.setObject(5, truth.creditsAdded());
                upsert.setString(6, truth.status());
                upsert.setObject(7, at(truth.createdAt()));
                upsert.addBatch();
            }
            upsert.executeBatch();
            connection.commit();
        }
    }

    private static @Nullable OffsetDateTime at(@Nullable Instant instant) {
        return instant == null || instant.equals(Instant.MIN) || instant.equals(Instant.MAX)
                ? null // of a row that is there already, which keeps its date
                : OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    /** Adds to balances what the host credits, or takes what people spend. */
    void moves(Map<Long, Long> changes) throws SQLException {
        try (Connection connection = database.open();
                PreparedStatement update =
                        connection.prepareStatement("update users set credits = credits + ? where id = ?")) {
            connection.setAutoCommit(false);
            for (Map.Entry<Long, Long> change : changes.entrySet()) {
                update.setLong(1, change.getValue());
                update.setLong(2, change.getKey());
                update.addBatch();
            }
            update.executeBatch();
            connection.commit();
        }
    }

    /** What random people spend of what they have; one in three all of it. */
    Map<Long, Long> randomSpending(long seed) {
        Random random = new Random(seed);
        Map<Long, Long> spent = new HashMap<>();
        balances().forEach((id, credits) -> {
            if (credits > 0 && random.nextInt(2) == 0) {
                spent.put(id, random.nextInt(3) == 0 ? -credits : -(1 + (long) (random.nextDouble() * (credits - 1))));
            }
        });
        return spent;
    }

    private static String[] settings(OracleRules rules, String... more) {
        List<String> settings = new ArrayList<>(List.of(more));
        settings.add("rollover.chunk-size=300");
        settings.add("rollover.pending-grace=" + rules.pendingGrace());
        int number = 0;
        for (String status : rules.unpaidStatuses()) {
            settings.add("rollover.host.unpaid-statuses[" + number++ + "]=" + status);
        }
        for (String byDefault : List.of("monthly", "power")) {
            settings.add("rollover.plans." + byDefault + ".eligible=false");
            settings.add("rollover.plans." + byDefault + ".window="
                    + rules.plans().values().iterator().next().window());
        }
        for (Map.Entry<String, OraclePlan> plan : rules.plans().entrySet()) {
            String key = "rollover.plans." + plan.getKey();
            settings.add(key + ".eligible=" + plan.getValue().eligible());
            settings.add(key + ".window=" + plan.getValue().window());
            settings.add(key + ".carry-percent=" + plan.getValue().carryPercent());
            if (plan.getValue().maxCredits() != null) {
                settings.add(key + ".max-credits=" + plan.getValue().maxCredits());
            }
        }
        return settings.toArray(String[]::new);
    }
}
