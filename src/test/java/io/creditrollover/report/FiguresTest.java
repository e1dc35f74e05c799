package io.creditrollover.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.Obstacles;
import io.creditrollover.ProductProcess;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.TestApplication;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.lease.StopSignal;
import io.creditrollover.run.RolloverService;
import io.creditrollover.run.RunOutcome;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Figures are what the rows say, computed again by other means, whatever happened on the way. */
class FiguresTest {
    private final TestDatabase database = TestDatabase.migrated();
    private final HostFixture host = HostFixture.in(database);

    @Test
    void severalMonthsOfRandomDataAddUpToWhatLoopsOverTheRowsFind() throws Exception {
        long seed = 20_261_101L;
        Random random = new Random(seed);
        LocalDate last = host.date();
        somePeople(random, last);
        try (TestApplication product = TestApplication.on(database)) {
            for (int back : new int[] {13, 5, 4, 2, 1, 0}) {
                database.execute("update users set credits = 1 + (id * 31 + " + back + ") % 60 where id % 7 <> 3");
                RunOutcome outcome = product.bean(RolloverService.class)
                        .run(TestApplication.request(last.minusMonths(back), false, "a test", new StopSignal()));
                assertThat(outcome.exitCode()).as(outcome.sentence()).isEqualTo(ExitCode.OK);
            }
            database.execute("update credit_rollover_runs set status = 'UNDONE' where id = 3");
            assertThat(database.count("select count(*) from credit_rollover_runs"))
                    .isEqualTo(6);

            RunFigures figures = product.bean(Figures.class).of(6);

            FiguresByHand byHand = new FiguresByHand(database);
            assertThat(figures.runMonths()).as("seed " + seed).isEqualTo(byHand.runMonths(last));
            assertThat(figures.paymentMonths()).as("seed " + seed).isEqualTo(byHand.paymentMonths(last));
            assertThat(figures.cameBack()).as("seed " + seed).isEqualTo(byHand.cameBack(last));
            assertThat(figures.runMonths()).hasSize(4).allSatisfy(month -> assertThat(month.expiredValuePaise())
                    .isPositive());
            assertThat(figures.cameBack()).hasSizeGreaterThan(2);
            assertThat(figures.lines().stream().mapToLong(DecisionLine::users).sum())
                    .isEqualTo(figures.run().totals().usersProcessed());
            assertThat(figures.difference().none()).isTrue();
        }
    }

    @Test
    void aRunThatWasKilledAndRestartedHasTheFiguresOfOneThatWasNot() throws Exception {
        host.manyUsers(1_000);
        host.aUser(7).paid("campus", 10, host.inTheMonth());
        TestDatabase undisturbed = database.copy();
        RunFigures expected;
        try (TestApplication product = TestApplication.on(undisturbed)) {
            expected = product.bean(Figures.class)
                    .of(Objects.requireNonNull(product.run().run().runId()));
        }

        Obstacles obstacles = Obstacles.in(database);
        obstacles.slowChunks(Duration.ofMillis(30));
        Map<String, String> smallChunks = Map.of("ROLLOVER_CHUNK_SIZE", "10");
        try (ProductProcess process = ProductProcess.start(database, smallChunks, "run", "--approve=a test")) {
            obstacles.awaitEvents(100);
            process.kill();
        }
        obstacles.awaitDeath();
        obstacles.clear();
        try (TestApplication product = TestApplication.on(database)) {
            assertThat(product.run().exitCode()).isEqualTo(ExitCode.OK);
            assertThat(product.bean(Figures.class).of(1))
                    .usingRecursiveComparison()
                    .ignoringFields(
                            "asOf",
                            "countedAt",
                            "run.executionId",
                            "run.startedAt",
                            "run.finishedAt",
                            "run.requestedBy",
                            "run.approvedBy")
                    .isEqualTo(expected);
        }
    }

    @Test
    void whoPaidJustAfterIsListedAndWhoseLastPaymentCountedIsNot() throws Exception {
        HostFixture.User late = host.aLapsedUser();
        HostFixture.User belated = host.aUserWhoNeverPaid();
        HostFixture.User trapped =
                host.aUser(30).paid("monthly", 50, host.inTheMonth()).paid("starter", 10, host.inTheMonth());
        HostFixture.User muchLater = host.aLapsedUser();
        HostFixture.User toppedUp = host.aLapsedUser();
        host.aPayingUser();
        try (TestApplication product = TestApplication.on(database)) {
            product.run();
            late.paid("monthly", 50, host.cutoff().plus(Duration.ofDays(1)));
            belated.paid("power", 150, host.cutoff().minusSeconds(1));
            trapped.paid("starter", 10, host.cutoff().plus(Duration.ofDays(1)));
            muchLater.paid("monthly", 50, host.cutoff().plus(Duration.ofDays(8)));
            toppedUp.paid("starter", 10, host.cutoff().plus(Duration.ofDays(1)));

            RunFigures figures = product.bean(Figures.class).of(1);

            assertThat(figures.latePayments()).extracting(LatePayment::userId).containsExactly(belated.id(), late.id());
            assertThat(figures.latePaymentsTotal()).isEqualTo(2);
        }
    }

    /** 400 people with up to eight payments each over fourteen months; some on the very boundary of a month. */
    private void somePeople(Random random, LocalDate last) {
        List<String> plans = List.of("starter", "monthly", "power", "starter", "monthly");
        List<String> states = List.of("paid", "paid", "paid", "paid", "failed", "refunded");
        Instant begin =
                last.minusMonths(14).atStartOfDay(HostFixture.BUSINESS_ZONE).toInstant();
        long span = Duration.between(begin, host.cutoff()).toSeconds();
        StringBuilder rows = new StringBuilder();
        for (int user = 1; user <= 400; user++) {
            for (int payments = random.nextInt(9); payments > 0; payments--) {
                Instant at = random.nextInt(6) == 0
                        ? last.minusMonths(random.nextInt(14))
                                .atStartOfDay(HostFixture.BUSINESS_ZONE)
                                .toInstant()
                                .plusNanos(1_000L * (random.nextInt(3) - 1))
                        : begin.plusSeconds((long) (random.nextDouble() * span));
                rows.append(rows.length() == 0 ? "" : ", ")
                        .append("(%d, '+91980000%04d', '%s', %d, %d, '%s', '%s')"
                                .formatted(
                                        user,
                                        user,
                                        plans.get(random.nextInt(plans.size())),
                                        100 + random.nextInt(90_000),
                                        1 + random.nextInt(150),
                                        states.get(random.nextInt(states.size())),
                                        at));
            }
        }
        database.execute(
                "insert into users (phone_number, name, credits, created_at) "
                        + "select '+91980000' || lpad(n::text, 4, '0'), 'A person', n % 50, '2020-01-01' "
                        + "from generate_series(1, 400) n",
                "insert into payments (user_id, phone_number, plan_type, amount, credits_added, payment_status, "
                        + "created_at) values " + rows);
    }
}
