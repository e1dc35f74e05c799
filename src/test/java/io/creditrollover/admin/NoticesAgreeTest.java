package io.creditrollover.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.Month;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.TestApplication;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.notice.NoticesOf;
import io.creditrollover.oracle.BelievableUsers;
import io.creditrollover.oracle.OracleRules;
import io.creditrollover.oracle.RandomRules;
import io.creditrollover.report.Explanation;
import io.creditrollover.report.Explanations;
import io.creditrollover.run.RunOutcome;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.web.util.HtmlUtils;
import tools.jackson.databind.JsonNode;

/**
 * Notices, {@code explain}, API and console say of each user what the run then does; payments lie on each boundary, one
 * microsecond before and after it.
 */
class NoticesAgreeTest {
    private static final long SEED = Long.getLong("notices.seed", 20_261_126L);

    private final TestDatabase database = TestDatabase.migrated();
    private final HostFixture host = HostFixture.in(database);

    @Test
    void fiveReadersAgreeAboutRandomUsers() throws Exception {
        agree(120, 20);
    }

    @Test
    @Tag("chaos")
    void fiveReadersAgreeAboutTenThousandRandomUsers() throws Exception {
        agree(Integer.getInteger("notices.users", 10_000), Integer.getInteger("notices.pages", 1_000));
    }

    /** Requests cost most of the time: so many users, spread over all, are read by API and page, too. */
    private void agree(int users, int pages) throws Exception {
        System.out.println("notices.seed = " + SEED);
        fill(users);
        try (TestApplication server = TestApplication.serving(
                database,
                "rollover.admin.password=operator",
                "rollover.notices.enabled=true",
                "rollover.skip-limit=" + users)) {
            Map<Long, NoticesOf.Told> told = NoticesOf.date(server, host.date());
            Map<Long, Explanation.Next> explained = explained(server);
            asTheConsole(new ApiClient(server.port()).loggedIn("admin", "operator"), explained, pages);
            Set<Long> pending = new TreeSet<>();
            explained.forEach((user, next) -> {
                boolean loses = told.containsKey(user);
                assertThat(next.action().equals("expiry") || "CAPPED".equals(next.reasonCode()))
                        .as("user " + user + ": " + next)
                        .isEqualTo(loses);
                if (loses) {
                    NoticesOf.Told notice = told.get(user);
                    assertThat(new Object[] {notice.creditsAfter(), notice.action(), notice.reasonCode()})
                            .as("user " + user)
                            .containsExactly(next.creditsAfter(), next.action(), next.reasonCode());
                }
                if (next.action().equals("postponed")) {
                    pending.add(user);
                }
            });

            RunOutcome run = server.run();

            assertThat(run.exitCode()).as(run.sentence()).isEqualTo(ExitCode.OK);
            asTheRun(told, explained, pending);
            System.out.printf(
                    "notices: %d users, %d told, %d with a pending payment%n",
                    explained.size(), told.size(), pending.size());
        }
    }

    private Map<Long, Explanation.Next> explained(TestApplication server) {
        Map<Long, Explanation.Next> explained = new TreeMap<>();
        List<Long> users =
                database.jdbc().sql("select id from users").query(Long.class).list();
        server.bean(Explanations.class)
                .ofIds(users)
                .forEach(
                        explanation -> explained.put(explanation.userId(), Objects.requireNonNull(explanation.next())));
        return explained;
    }

    /** The page of a user, and the API. */
    private static void asTheConsole(ApiClient olga, Map<Long, Explanation.Next> explained, int pages) {
        List<Long> users = List.copyOf(explained.keySet());
        for (int i = 0; i < users.size(); i += Math.max(1, users.size() / pages)) {
            long user = users.get(i);
            Explanation.Next next = Objects.requireNonNull(explained.get(user));
            JsonNode api = olga.get("/admin/users/" + user + "/explain").json().path("next");
            assertThat(api.path("action").asString()).as("user " + user).isEqualTo(next.action());
            assertThat(text(api, "reasonCode")).as("user " + user).isEqualTo(next.reasonCode());
            assertThat(text(api, "creditsAfter"))
                    .as("user " + user)
                    .isEqualTo(
                            next.creditsAfter() == null
                                    ? null
                                    : next.creditsAfter().toString());
            assertThat(HtmlUtils.htmlUnescape(olga.get("/users?id=" + user).body()))
                    .as("user " + user)
                    .contains(next.text());
        }
    }

    private static @Nullable String text(JsonNode json, String name) {
        return json.path(name).isValueNode() && !json.path(name).isNull()
                ? json.path(name).asString()
                : null;
    }

    private void asTheRun(Map<Long, NoticesOf.Told> told, Map<Long, Explanation.Next> explained, Set<Long> pending) {
        Set<Long> users = explained.keySet();
        Month month = Month.of(database);
        int lost = 0;
        for (long user : users) {
            List<Month.Event> events = month.events().getOrDefault(user, List.of());
            boolean loses = !events.isEmpty()
                    && events.get(0).creditsBefore() > events.get(0).creditsAfter();
            if (pending.contains(user)) {
                continue;
            }
            assertThat(loses)
                    .as("user %d: before the run %s, by the run %s", user, explained.get(user), events)
                    .isEqualTo(told.containsKey(user));
            if (loses) {
                Month.Event event = events.get(0);
                assertThat(told.get(user))
                        .as("user " + user)
                        .isEqualTo(new NoticesOf.Told(
                                event.creditsBefore(), event.creditsAfter(), event.action(), event.reasonCode()));
                lost++;
            }
        }
        assertThat(lost).as("users who lose credits").isGreaterThan(users.size() / 10);
        assertThat(pending).as("users with a pending payment").hasSizeLessThan(users.size() / 3);
    }

    private void fill(int count) throws Exception {
        OracleRules rules =
                RandomRules.of(SEED, HostFixture.BUSINESS_ZONE, host.date()).withPendingGrace(Duration.ofMinutes(15));
        try (Connection connection = database.open()) {
            BelievableUsers.fill(connection, SEED, rules, count);
        }
    }
}
