package io.creditrollover.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.Cli;
import io.creditrollover.oracle.OracleHost;
import io.creditrollover.oracle.OracleRules;
import io.creditrollover.oracle.OracleVerdict;
import io.creditrollover.oracle.RandomHost;
import io.creditrollover.oracle.RandomRules;
import io.creditrollover.schema.GrantedDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.init.ScriptUtils;

/** The hosts of {@code db/host/adapters}, full of random users, each run as the batch role with its least rights. */
class AdapterHostsTest {
    private static final Duration GRACE = Duration.ofMinutes(15);
    private static final Path HOSTS = Path.of("db", "host", "adapters");
    private static final List<String> WITHOUT_PLANS = List.of("django", "laravel");
    /** Of no account where the rules do not name them, and configured so. */
    private static final Set<String> BY_DEFAULT = Set.of("monthly", "power");

    private static final String VIEWS = "credit_rollover_host";

    /** {@code -Doracle.users=20000} for more of them. */
    private static final int USERS = Integer.getInteger("oracle.users", 2_000);

    private final TestDatabase database = TestDatabase.empty();

    @ParameterizedTest
    @CsvSource({"seed, 41", "rails, 42", "django, 43", "laravel, 44", "moment, 45"})
    void usersEndAsTheOracleSays(String host, long seed) throws Exception {
        LocalDate date =
                LocalDate.ofInstant(Instant.now(), HostFixture.BUSINESS_ZONE).withDayOfMonth(1);
        OracleRules rules = RandomRules.of(seed, HostFixture.BUSINESS_ZONE, date)
                .withPendingGrace(GRACE)
                .withUnpaidStatuses(Set.of()); // hosts with words of their own have others
        Map<Long, String> expected = stage(seed, rules, host);
        boolean views = !host.equals("seed");
        make(host, views);

        List<String> settings = settings(rules, views);
        Cli.Result migrated = as(TestDatabase.USERNAME, settings).run("migrate");
        assertThat(migrated.exitCode()).as(migrated.err()).isZero();
        script(
                views ? VIEWS + ", public" : "public",
                new FileSystemResource(Path.of("db/grants/2-batch-role.sql")),
                true);
        Cli.Result doctor = as(GrantedDatabase.BATCH, settings).run("doctor", "--json");
        assertThat(doctor.exitCode()).as(doctor.err()).isZero();
        boolean indexed = !doctor.json().path("findings").toString().contains("CREATE INDEX CONCURRENTLY ON public.");
        assertThat(indexed).as("an index on the user's id").isEqualTo(!host.equals("laravel"));
        Cli.Result run = as(GrantedDatabase.BATCH, settings).run("run", "--approve=a test", "--json");

        assertThat(run.exitCode()).as("seed " + seed + ": " + run.err()).isZero();
        assertThat(differences(expected, found(views ? VIEWS : "public")))
                .as("seed " + seed)
                .isEmpty();
        if (views) {
            assertThat(database.count("select count(*) from pg_class where relname like 'credit_rollover_payments%'"))
                    .isZero();
        }
    }

    /** By user: the balance, and the reason of a skip. What the oracle leaves open is not compared. */
    private Map<Long, String> stage(long seed, OracleRules rules, String host) throws Exception {
        database.execute("create schema staging");
        script("staging", new FileSystemResource(Path.of("db/host/host-tables.sql")), false);
        try (Connection staging = connect("staging")) {
            RandomHost random = RandomHost.with(seed, rules, OracleHost.clock(staging))
                    .users(USERS)
                    .believable(0.5)
                    .clockMargin(GRACE.minusMinutes(1))
                    .build();
            random.insertPlansInto(staging);
            random.insertInto(staging);
            database.execute("""
                    update staging.payments set created_at = created_at - interval '1 hour'
                    where payment_status = 'pending' and created_at between now() - interval '20 minutes' and now()
                    """);
            if (host.equals("laravel")) {
                database.execute(
                        "update staging.payments set created_at = date_trunc('second', created_at)"
                                + " where created_at > '-infinity' and created_at < 'infinity'",
                        "update staging.users set created_at = date_trunc('second', created_at)");
            }
            boolean plansTable = !WITHOUT_PLANS.contains(host);
            OracleRules known = rules.withKnownPlanTypes(plansTable ? OracleHost.knownPlanTypes(staging) : BY_DEFAULT);
            Map<Long, String> expected = new TreeMap<>();
            OracleHost.load(staging)
                    .judgeAllAfterWaiting(known, OracleHost.clock(staging))
                    .forEach((id, verdict) -> expected.put(id, said(verdict)));
            return expected;
        }
    }

    private static String said(OracleVerdict verdict) {
        String skipped = verdict.kind() == OracleVerdict.Kind.SKIPPED || verdict.kind() == OracleVerdict.Kind.POSTPONED
                ? " skipped"
                : "";
        return verdict.creditsAfter() + skipped;
    }

    private void make(String host, boolean views) throws Exception {
        script(
                "public",
                new FileSystemResource(
                        views ? HOSTS.resolve(host + "-tables.sql") : Path.of("db/host/host-tables.sql")),
                false);
        script("public", new FileSystemResource(Path.of("src/test/resources/adapters", host + ".sql")), false);
        if (views) {
            script("public", new FileSystemResource(HOSTS.resolve(host + "-views.sql")), false);
        }
        database.execute("analyze");
    }

    private Map<Long, String> found(String schema) {
        Map<Long, String> found = new TreeMap<>();
        JdbcClient.create(source(schema + ", public")).sql("""
                        select u.id, u.credits, s.reason_code || ': ' || s.reason as skipped
                        from users u left join credit_rollover_skips s on s.user_id = u.id
                        """).query(rs -> {
            found.put(
                    rs.getLong("id"),
                    rs.getLong("credits")
                            + (rs.getString("skipped") == null ? "" : " skipped, " + rs.getString("skipped")));
        });
        return found;
    }

    private static List<String> differences(Map<Long, String> expected, Map<Long, String> found) {
        List<String> differences = new ArrayList<>();
        expected.forEach((id, said) -> {
            String is = String.valueOf(found.get(id));
            if (!is.split(",")[0].equals(said)) {
                differences.add("user " + id + ": " + said + " expected, " + is + " found");
            }
        });
        if (found.size() != expected.size()) {
            differences.add(expected.size() + " users expected, " + found.size() + " found");
        }
        return differences;
    }

    private List<String> settings(OracleRules rules, boolean views) {
        List<String> settings = new ArrayList<>();
        settings.add("rollover.zone=" + rules.zone());
        settings.add("rollover.pending-grace=" + rules.pendingGrace());
        String window = rules.plans().values().iterator().next().window().toString();
        for (String planType : BY_DEFAULT) {
            settings.add("rollover.plans." + planType + ".eligible=false");
            settings.add("rollover.plans." + planType + ".window=" + window);
        }
        rules.plans().forEach((planType, plan) -> {
            String key = "rollover.plans." + planType;
            settings.add(key + ".eligible=" + plan.eligible());
            settings.add(key + ".window=" + plan.window());
            settings.add(key + ".carry-percent=" + plan.carryPercent());
            if (plan.maxCredits() != null) {
                settings.add(key + ".max-credits=" + plan.maxCredits());
            }
        });
        if (views) {
            settings.add("rollover.host.schema=" + VIEWS);
        }
        return settings;
    }

    private Cli as(String role, List<String> settings) {
        List<String> all = new ArrayList<>(settings);
        all.add("spring.datasource.username=" + role);
        return Cli.on(database, all.toArray(String[]::new));
    }

    /** One with functions is executed as a whole. */
    private void script(String path, Resource script, boolean whole) throws Exception {
        try (Connection connection = connect(path)) {
            if (whole) {
                connection
                        .createStatement()
                        .execute(Files.readString(script.getFile().toPath()));
            } else {
                ScriptUtils.executeSqlScript(connection, script);
            }
        }
    }

    private Connection connect(String path) throws Exception {
        return source(path).getConnection();
    }

    private PGSimpleDataSource source(String path) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(database.url());
        source.setUser(TestDatabase.USERNAME);
        source.setOptions("-c search_path=" + path.replace(" ", ""));
        return source;
    }
}
