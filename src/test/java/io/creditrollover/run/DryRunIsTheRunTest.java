package io.creditrollover.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.HostTables;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.TestApplication;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.lease.StopSignal;
import io.creditrollover.oracle.OracleHost;
import io.creditrollover.oracle.OracleRules;
import io.creditrollover.oracle.RandomHost;
import io.creditrollover.report.Explanations;
import io.creditrollover.report.ForecastCsv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * On random people: the forecast counts, the dry run decides and the CSV lists what the run then does, user by user, and
 * only the run touches the host's tables. {@code -Ddryrun.users=20000 -Ddryrun.seed=1} for more, or other, people.
 */
class DryRunIsTheRunTest {
    private static final int USERS = Integer.getInteger("dryrun.users", 2_000);
    private static final long SEED = Long.getLong("dryrun.seed", 20_261_122L);

    private final TestDatabase database = TestDatabase.migrated();
    private final HostFixture host = HostFixture.in(database);

    @TempDir
    private Path directory;

    @Test
    void forecastDryRunAndRunAgreeUserByUserAndOnlyTheRunTouchesTheHost() throws Exception {
        fill();
        try (TestApplication product = TestApplication.on(database, "rollover.safety.max-payment-silence=PT0S")) {
            String untouched = HostTables.checksum(database);
            ForecastFigures forecast =
                    product.bean(ForecastService.class).of(host.date()).figures();
            Path csv = directory.resolve("losers.csv");
            long listed = product.bean(ForecastCsv.class).write(host.date(), csv);
            explainSome(product);
            RunSummary dryRun = run(product, true, null).run();
            RunOutcome blocked = run(product, false, null);
            assertThat(blocked.run().status()).isEqualTo(RunStatus.BLOCKED);
            assertThat(HostTables.checksum(database))
                    .as("after forecast, CSV, explain, dry run and block")
                    .isEqualTo(untouched);

            RunOutcome live = run(product, false, dryRun.executionId());

            assertThat(live.exitCode()).as(live.sentence()).isEqualTo(ExitCode.OK);
            assertThat(HostTables.checksum(database)).isNotEqualTo(untouched);
            assertThat(decisions("credit_rollover_dry_run_decisions"))
                    .as("seed " + SEED)
                    .isEqualTo(decisions("credit_rollover_events"));
            assertThat(skips(dryRun)).isEqualTo(skips(live.run()));
            assertThat(dryRun.totals()).isEqualTo(live.run().totals()).isEqualTo(forecast.totals());
            assertThat(lines(forecast)).isEqualTo(linesOf(live.run()));
            assertThat(losers(csv)).hasSize((int) listed).isEqualTo(losersOfTheRun());
            System.out.println(
                    "seed " + SEED + ", " + USERS + " users: " + live.run().totals() + ", " + lines(forecast));
        }
    }

    /** Awkward people and ordinary ones; nobody's payment is young enough to be waited for. */
    private void fill() throws Exception {
        try (Connection connection = database.open()) {
            RandomHost people = RandomHost.with(SEED, OracleRules.defaults(host.date()), OracleHost.clock(connection))
                    .users(USERS)
                    .believable(0.5)
                    .clockMargin(Duration.ofMinutes(14))
                    .strayPhones()
                    .build();
            people.insertInto(connection);
            database.execute("""
                    update payments set created_at = created_at - interval '1 hour'
                    where payment_status = 'pending' and created_at between now() - interval '20 minutes' and now()
                    """, "analyze");
        }
    }

    private void explainSome(TestApplication product) {
        database.jdbc()
                .sql("select id::text from users order by id limit 50")
                .query(String.class)
                .list()
                .forEach(user -> assertThat(product.bean(Explanations.class)
                                .of(user, host.date())
                                .next())
                        .isNotNull());
    }

    private static RunOutcome run(TestApplication product, boolean dryRun, @Nullable Long plan)
            throws InterruptedException {
        return product.bean(RolloverService.class)
                .run(new RunRequest(null, dryRun, null, plan, "a test", new StopSignal(), Progress.SILENT));
    }

    private List<String> decisions(String table) {
        return database.jdbc().sql("""
                select concat_ws(' ', user_id, phone_number, credits_before, credits_after, action,
                                 eligible_plan_type, reason, reason_code, payment_id, paid_at, credits_protected)
                from %s order by user_id
                """.formatted(table)).query(String.class).list();
    }

    private List<String> skips(RunSummary run) {
        return database.jdbc()
                .sql("select concat_ws(' ', user_id, reason_code, reason) from credit_rollover_skips where run_id = :id"
                        + " order by user_id")
                .param("id", Objects.requireNonNull(run.runId()))
                .query(String.class)
                .list();
    }

    /** Users and credits by action and reason. */
    private static Map<String, List<Long>> lines(ForecastFigures forecast) {
        Map<String, List<Long>> lines = new TreeMap<>();
        for (ForecastFigures.Line line : forecast.lines()) {
            List<Long> figures = List.of(line.users(), line.creditsBefore(), line.creditsAfter());
            lines.merge(
                    line.action() + " " + line.reasonCode(),
                    figures,
                    (a, b) -> List.of(a.get(0) + b.get(0), a.get(1) + b.get(1), a.get(2) + b.get(2)));
        }
        return lines;
    }

    private Map<String, List<Long>> linesOf(RunSummary run) {
        Map<String, List<Long>> lines = new TreeMap<>();
        database.jdbc()
                .sql("""
                        select action || ' ' || reason_code, count(*), sum(credits_before), sum(credits_after)
                        from credit_rollover_events group by 1
                        union all
                        select 'skip ' || reason_code, count(*), 0, 0 from credit_rollover_skips
                        where run_id = :id group by 1
                        """)
                .param("id", Objects.requireNonNull(run.runId()))
                .query(rs -> {
                    lines.put(rs.getString(1), List.of(rs.getLong(2), rs.getLong(3), rs.getLong(4)));
                });
        return lines;
    }

    private static List<String> losers(Path csv) throws IOException {
        return Files.readAllLines(csv).stream()
                .skip(1)
                .map(line -> line.split(",", 6))
                .map(cells -> cells[0] + " " + cells[2] + " " + cells[3] + " " + cells[4])
                .sorted()
                .toList();
    }

    private List<String> losersOfTheRun() {
        return database
                .jdbc()
                .sql("select concat_ws(' ', user_id, credits_before, credits_after, credits_before - credits_after)"
                        + " from credit_rollover_events where credits_after < credits_before")
                .query(String.class)
                .stream()
                .sorted()
                .toList();
    }
}
