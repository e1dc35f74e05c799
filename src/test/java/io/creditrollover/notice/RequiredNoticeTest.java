package io.creditrollover.notice;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.Month;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.Cli;
import io.creditrollover.cli.TestApplication;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.lease.StopSignal;
import io.creditrollover.oracle.BelievableUsers;
import io.creditrollover.oracle.OracleRules;
import io.creditrollover.oracle.RandomRules;
import io.creditrollover.report.Explanation;
import io.creditrollover.report.Explanations;
import io.creditrollover.run.Forecast;
import io.creditrollover.run.ForecastService;
import io.creditrollover.run.RolloverService;
import io.creditrollover.run.RunOutcome;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * No expiry without a notice that was accepted in time. A twin of the same host runs without the requirement: whoever lost
 * nothing there has the same decision here, and whoever lost credits there loses them here only after a notice in time.
 */
class RequiredNoticeTest {
    /** {@code -Dnotices.users=10000} for more of them. */
    private static final int USERS = Integer.getInteger("notices.users", 600);

    private static final long SEED = Long.getLong("notices.seed", 20_261_126L);
    private static final Duration MIN_LEAD = Duration.ofHours(12);
    private static final String[] REQUIRED = {
        "rollover.notices.required=true", "rollover.skip-limit=0", "rollover.safety.max-delay=P40D"
    };

    private final TestDatabase database = NoticeFixture.database();
    private final HostFixture host = HostFixture.in(database);
    private final Random random = new Random(SEED);

    @Test
    void randomUsersLoseCreditsOnlyAfterANoticeInTime() throws Exception {
        System.out.println("notices.seed = " + SEED);
        fill();
        TestDatabase twin = database.copy();
        try (TestApplication free = TestApplication.on(twin, "rollover.skip-limit=" + USERS)) {
            assertThat(free.run().exitCode()).isEqualTo(ExitCode.OK);
        }
        Month without = Month.of(twin);
        Set<Long> warned = notices(without.balances().keySet());

        try (UserSmtp smtp = new UserSmtp();
                TestApplication product = NoticeFixture.product(
                        database, smtp, "rollover.notices.required=true", "rollover.skip-limit=" + USERS)) {
            Forecast forecast = product.bean(ForecastService.class).of(host.date());
            RunOutcome dry = product.bean(RolloverService.class)
                    .run(TestApplication.request(host.date(), true, null, new StopSignal()));
            Map<Long, Explanation.Next> explained = explained(product, without);
            RunOutcome run = product.run();

            assertThat(run.exitCode()).as(run.sentence()).isEqualTo(ExitCode.OK);
            assertThat(forecast.figures().totals()).isEqualTo(run.run().totals());
            assertThat(dry.run().totals()).isEqualTo(run.run().totals());
            Month month = Month.of(database);
            assertHeld(without, month, warned);
            explained.forEach((user, next) -> assertThat("NOT_WARNED".equals(next.reasonCode()))
                    .as("user " + user)
                    .isEqualTo("NOT_WARNED".equals(month.skips().get(user))));
        }
    }

    /** Compares with the twin; counts both kinds, so that none is missing by chance. */
    private static void assertHeld(Month without, Month with, Set<Long> warned) {
        int held = 0;
        int lost = 0;
        for (long user : without.balances().keySet()) {
            List<Month.Event> free = without.events().getOrDefault(user, List.of());
            boolean loses =
                    !free.isEmpty() && free.get(0).creditsBefore() > free.get(0).creditsAfter();
            if (loses && !warned.contains(user)) {
                assertThat(with.skips()).as("user " + user).containsEntry(user, "NOT_WARNED");
                assertThat(with.events()).doesNotContainKey(user);
                assertThat(with.balances().get(user)).isEqualTo(free.get(0).creditsBefore());
                held++;
            } else {
                assertThat(with.balances().get(user))
                        .as("user " + user)
                        .isEqualTo(without.balances().get(user));
                assertThat(with.skips().get(user)).isEqualTo(without.skips().get(user));
                lost += loses ? 1 : 0;
            }
        }
        assertThat(held).isGreaterThan(20);
        assertThat(lost).isGreaterThan(20);
    }

    /** Of users who lose credits without the requirement; a pending payment has no answer yet. */
    private Map<Long, Explanation.Next> explained(TestApplication product, Month without) {
        Map<Long, Explanation.Next> explained = new TreeMap<>();
        without.events().forEach((user, events) -> {
            if (events.get(0).creditsBefore() > events.get(0).creditsAfter()) {
                Explanation.Next next = Objects.requireNonNull(product.bean(Explanations.class)
                        .of(String.valueOf(user), host.date())
                        .next());
                if (!next.action().equals("postponed")) {
                    explained.put(user, next);
                }
            }
        });
        assertThat(explained).hasSizeGreaterThan(50);
        return explained;
    }

    private void fill() throws Exception {
        OracleRules rules =
                RandomRules.of(SEED, HostFixture.BUSINESS_ZONE, host.date()).withPendingGrace(Duration.ofMinutes(15));
        try (Connection connection = database.open()) {
            BelievableUsers.fill(connection, SEED, rules, USERS);
        }
    }

    /** @param at null for one that was not accepted */
    private record Row(
            long user,
            String kind,
            int monthsBack,
            @Nullable Instant at,
            String lead) {}

    /** Notices of random users at each side of the boundary, of other dates and kinds, and not accepted ones. */
    private Set<Long> notices(Set<Long> users) {
        Instant last = host.cutoff().minus(MIN_LEAD);
        Set<Long> warned = new TreeSet<>();
        for (long user : users) {
            List<Row> rows = rows(user, last);
            rows.forEach(this::insert);
            boolean inTime = rows.stream()
                    .filter(row -> row.kind().equals("expiring") && row.monthsBack() == 0)
                    .anyMatch(row -> row.at() != null && !row.at().isAfter(last));
            if (inTime) {
                warned.add(user);
            }
        }
        return warned;
    }

    private List<Row> rows(long user, Instant last) {
        return switch (random.nextInt(8)) {
            case 0 -> List.of(new Row(user, "expiring", 0, last, "P1D"));
            case 1 -> List.of(new Row(user, "expiring", 0, last.minus(Duration.ofDays(6)), "P7D"));
            case 2 -> List.of(new Row(user, "expiring", 0, last.plusNanos(1_000), "P1D"));
            case 3 -> List.of(new Row(user, "expiring", 1, last, "P1D"));
            case 4 -> List.of(new Row(user, "expired", 0, last, ""));
            case 5 -> List.of(new Row(user, "expiring", 0, null, "P1D"));
            case 6 ->
                List.of(
                        new Row(user, "expiring", 0, last.minusSeconds(1), "P7D"),
                        new Row(user, "expiring", 0, last.plusSeconds(1), "P1D"));
            default -> List.of();
        };
    }

    private void insert(Row row) {
        database.jdbc()
                .sql("""
                        insert into credit_rollover_notices (user_id, kind, rollover_date, accepted_at, lead, channel,
                                                             credits_before, credits_after, reason_code, status)
                        values (:user, :kind, :date, :at, :lead, 'mail', 1, 0, 'NO_PAYMENT', 'sent')
                        """)
                .param("user", row.user())
                .param("kind", row.kind())
                .param("date", host.date().minusMonths(row.monthsBack()))
                .param("at", row.at() == null ? null : OffsetDateTime.ofInstant(row.at(), ZoneOffset.UTC))
                .param("lead", row.lead())
                .update();
    }

    @Test
    void usersWithoutANoticeAreOutsideTheSkipLimitAndSaidToBeNotWarned() throws Exception {
        HostFixture.User user = host.aLapsedUser();
        host.aPayingUser();
        try (UserSmtp smtp = new UserSmtp();
                TestApplication product = NoticeFixture.product(database, smtp, REQUIRED)) {
            RunOutcome run = product.bean(RolloverService.class)
                    .run(TestApplication.request(null, false, null, new StopSignal()));

            assertThat(run.exitCode()).as(run.sentence()).isEqualTo(ExitCode.OK);
            assertThat(run.run().totals().usersSkipped()).isOne();
            assertThat(host.creditsOf(user)).isEqualTo(25);
            assertThat(product.bean(Explanations.class)
                            .of(user.phone(), host.date())
                            .months()
                            .get(0)
                            .text())
                    .contains("because you were not told in time that they would expire");
        }
    }

    /** What the run requires is not required by the notices themselves: otherwise no user would be told. */
    @Test
    void notifyTellsUsersWhomTheRunWouldSkipWithoutIt() throws Exception {
        NoticeFixture.withAddress(database, NoticeFixture.next(database).aLapsedUser(), "asha@example.com");
        try (UserSmtp smtp = new UserSmtp();
                TestApplication product = NoticeFixture.product(database, smtp, "rollover.notices.required=true")) {
            assertThat(NoticeFixture.tell(product).sent()).isOne();
        }
    }

    @Test
    void withoutAChannelARunIsRefusedBeforeItWrites() {
        host.aLapsedUser();
        for (String[] settings : new String[][] {
            {"rollover.notices.enabled=true", "rollover.notices.required=true"},
            {
                "rollover.notices.enabled=true",
                "rollover.notices.required=true",
                "rollover.notices.mail.address=users.email"
            }
        }) {
            Cli.Result run = Cli.on(database, settings).run("run", "--approve=a test", "--json");

            assertThat(run.exitCode()).isEqualTo(78);
            assertThat(run.json().path("error").asString())
                    .contains("rollover.notices.required is true, but there is no way to tell a user.");
        }
        assertThat(database.count("select count(*) from credit_rollover_runs")).isZero();
    }
}
