package io.creditrollover.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.Obstacles;
import io.creditrollover.TestDatabase;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Screens that once said something untrue or led nowhere, in a real browser. Rows of runs are set as a crash leaves them. */
class UntrueScreensTest {
    private final TestDatabase database = ConsoleServer.emptied();
    private final HostFixture host = ConsoleServer.host();

    private Browser operator() {
        Browser browser = Browser.on(ConsoleServer.port());
        browser.login(ConsoleServer.OPERATOR, ConsoleServer.OPERATOR_PASSWORD);
        return browser;
    }

    private String month() {
        return Formats.month(host.date());
    }

    private String started(String approve) {
        String location = ConsoleServer.operator()
                .post("/admin/run-rollover", "{\"approve\": \"" + approve + "\"}")
                .header("Location");
        return location.substring(location.lastIndexOf('/') + 1);
    }

    private String completed() throws InterruptedException {
        String id = started("first month");
        ConsoleServer.operator().awaitEnd("/admin/rollovers/" + id);
        return id;
    }

    @Test
    void anOverdueMonthIsSaidAndForecastAndButtonMeanTheSameMonth() {
        host.aLapsedUser();
        try (Browser browser = operator()) {
            browser.await("Next run: " + month()).await("If " + month() + " ran now");
            assertThat(browser.text()).contains("No month has run yet").doesNotContain("The next run is due on");
            assertThat(browser.value("date")).isEqualTo(host.date().toString());
            assertThat(browser.count("//button[contains(., 'dry run')]"))
                    .as("the banner's, and a folded one for another month")
                    .isEqualTo(1);

            database.execute(
                    "insert into credit_rollover_runs (rollover_date, mode, status, cutoff, zone, policy, requested_by)"
                            + " values ('" + host.date().minusMonths(1)
                            + "', 'live', 'COMPLETED', now(), 'Asia/Kolkata', '{}', 'a test')");
            browser.open("/")
                    .await(month() + " is overdue.")
                    .await("Start a dry run")
                    .look("overdue");
        }
    }

    @Test
    void theDeletionOfOldDecisionsIsNoExceededLimit() throws Exception {
        host.aPayingUser();
        String dryRun = ConsoleServer.operator()
                .post("/admin/run-rollover", "{\"dryRun\": true}")
                .header("Location");
        ConsoleServer.operator().awaitEnd(dryRun);
        database.execute("update credit_rollover_runs set exceeded_limits = null,"
                + " message = 'The decisions of this dry run were deleted after P90D (rollover.retention.dry-runs);"
                + " its totals remain.'");

        String page = ConsoleServer.stranger()
                .loggedIn(ConsoleServer.OPERATOR, ConsoleServer.OPERATOR_PASSWORD)
                .get(dryRun.replace("/admin/rollovers/", "/runs/"))
                .body();

        assertThat(page).contains("<p class=\"note\">The decisions of this dry run were deleted after P90D");
        assertThat(page).contains("Safety limits").doesNotContain("Exceeded: ");
    }

    @Test
    void aMonthThatIsNotOverSaysWhoHasPaidByThisDayAndNamesNoLimit() throws Exception {
        host.aPayingUser();
        host.aLapsedUser();
        completed();
        host.aPayingUser();
        host.aUser(30).paid("monthly", 50, host.cutoff());
        try (Browser browser = operator()) {
            browser.await("This month is not over").await("as of").look("early");
            assertThat(browser.text())
                    .contains("Users who paid for an eligible plan", Formats.month(host.date()) + ", so far 1 –")
                    .contains(Formats.month(host.date().minusMonths(1)) + " ")
                    .doesNotContain("would be blocked");
        }
    }

    @Test
    void aLostProcessIsSaidAndFromTheLinkOfTheMailToTheResumedRunIsOneButton() throws Exception {
        host.manyUsers(30);
        Obstacles obstacles = Obstacles.in(database);
        obstacles.refuseEventOf(host.aLapsedUser().id());
        String id = completed();
        obstacles.clear();
        database.execute(
                "update credit_rollover_runs set status = 'RUNNING', finished_at = null, message = null",
                "update credit_rollover_leases set renewed_at = clock_timestamp() - interval '12 seconds',"
                        + " expires_at = clock_timestamp() + interval '1 hour' where name = 'writer'");
        try (Browser browser = operator()) {
            browser.open("/runs/" + id).await("nothing can stop it").look("silent");
            assertThat(browser.text()).doesNotContain("Stop safely");
            database.execute("update credit_rollover_leases set renewed_at = clock_timestamp() - interval '74 seconds',"
                    + " expires_at = clock_timestamp() - interval '14 seconds' where name = 'writer'");
            browser.await("PROCESS LOST").await("no heartbeat for ").look("lost");
            assertThat(browser.text()).contains(month() + ": process lost.").doesNotContain("This page updates");

            AtomicInteger clicks = new AtomicInteger();
            browser.open("/runs/" + id);
            browser.press("Resume this run");
            clicks.incrementAndGet();
            browser.await("COMPLETED").await(month() + " is complete.");
            assertThat(clicks).hasValue(1);
            assertThat(browser.text()).contains("Attempts").contains("olga");
        }
    }

    @Test
    void aBlockedRunShowsItsForecastAndTheWayOnIsOpen() throws Exception {
        host.aLapsedUser();
        host.aPayingUser();
        try (Browser browser = operator()) {
            ApiClient.Answer begun = ConsoleServer.operator().post("/admin/run-rollover", "{}");
            String location = begun.header("Location");
            ConsoleServer.operator().awaitEnd(location);
            String page = location.replace("/admin/rollovers/", "/runs/");
            browser.open(page).await("Blocked: nothing was changed").look("blocked");
            assertThat(browser.text())
                    .contains("credits would expire\n25", "paid too long ago", month() + " is blocked.", "days late")
                    .doesNotContain("--approve", "failed");
            database.execute("update credit_rollover_runs set exceeded_limits = null");
            browser.open(page).await("rollover.safety.max-delay: the cut-off was");
            assertThat(browser.text()).as("a run of an older version").doesNotContain("days late");

            browser.type("approve-reason", "the host was down").press("Run it nevertheless");
            browser.await("COMPLETED");
            assertThat(host.creditsOf(host.aUser(3))).isEqualTo(3);
        }
    }

    @Test
    void aDryRunThatWasCarriedOutSaysSoAndLinksBothWays() {
        host.aLapsedUser();
        try (Browser browser = operator()) {
            browser.press("Start a dry run").await("Run as planned");
            String dryRun = browser.path();
            browser.type("plan-credits", "7")
                    .type("plan-reason", "checked with finance")
                    .press("Run as planned");
            browser.await("type the number of credits that expire: 25");
            assertThat(browser.value("plan-reason")).isEqualTo("checked with finance");
            assertThat(browser.value("plan-credits")).isEqualTo("7");

            browser.type("plan-credits", "25").press("Run as planned").await("It carries out the dry run, run");
            browser.await("COMPLETED");
            browser.open(dryRun).await("This dry run was carried out.").look("carried-out");
            assertThat(browser.text()).contains("Open the live run, run").doesNotContain("Run as planned");
            browser.open("/audit").await(host.date() + ", dry run ");
        }
    }

    @Test
    void anUndoOfOneUserIsPreviewedAndLeavesWhoWhenAndWhyOnBothPages() throws Exception {
        HostFixture.User one = host.aLapsedUser();
        HostFixture.User other = host.aUserWhoNeverPaid();
        String id = completed();
        String digits = one.phone().substring(one.phone().length() - 4);
        try (Browser browser = operator()) {
            browser.open("/runs/" + id).unfold("For one user");
            browser.type("undo-one", "nobody")
                    .type("undo-one-reason", "ticket 4711")
                    .press("Preview for this user");
            browser.await("There is no user");
            assertThat(browser.value("undo-one-reason")).isEqualTo("ticket 4711");

            browser.type("undo-one", one.phone()).press("Preview for this user");
            browser.await("25 credits to user " + one.id() + ", …" + digits).look("undo-one");
            assertThat(host.creditsOf(one)).isZero();
            browser.press("Add back 25 credits").await("COMPLETED").await("ticket 4711");
            assertThat(browser.text()).contains("This undo reverses the live run", "user " + one.id() + ", …" + digits);

            browser.open("/runs/" + id).await("Reversed since").look("reversed");
            assertThat(browser.text()).contains("25 credits of 1 user", "ticket 4711", "olga");
            browser.open("/").await("1 undo");
            browser.open("/audit").await("user " + one.id());
        }
        assertThat(host.creditsOf(one)).isEqualTo(25);
        assertThat(host.creditsOf(other)).isZero();
        assertThat(database.count(
                        "select count(*) from credit_rollover_runs where mode = 'live' and status = 'COMPLETED'"))
                .isEqualTo(1);
    }

    @Test
    void aSessionThatIsOverLeadsThroughTheLoginBackToThePageWithWhatWasTyped() throws Exception {
        host.aLapsedUser();
        String id = completed();
        try (Browser browser = operator()) {
            browser.open("/runs/" + id)
                    .unfold("For one user")
                    .type("undo-one", "4711")
                    .type("undo-one-reason", "a long story");
            database.execute("delete from credit_rollover_sessions");
            browser.press("Preview for this user").await("You were logged out. Log in to continue.");
            assertThat(browser.text()).doesNotContain("role");

            browser.type("username", ConsoleServer.OPERATOR)
                    .type("password", ConsoleServer.OPERATOR_PASSWORD)
                    .press("Log in");
            browser.await("Add credits back");
            assertThat(browser.path()).isEqualTo("/runs/" + id);
            assertThat(browser.value("undo-one-reason")).isEqualTo("a long story");

            browser.open("/runs/" + id + "/events");
            database.execute("delete from credit_rollover_sessions");
            browser.choose("action", "expiry").await("You were logged out. Log in to continue.");
            assertThat(browser.path()).startsWith("/login");
        }
    }

    @Test
    void oldMonthsStayBehindTheirYear() {
        for (int year = 2024; year <= 2026; year++) {
            database.execute(
                    "insert into credit_rollover_runs (rollover_date, mode, status, cutoff, zone, policy, requested_by)"
                            + " select d, 'live', 'COMPLETED', d, 'Asia/Kolkata', '{}', 'a test'"
                            + " from generate_series('" + year + "-01-01'::date, '" + year + "-10-01', '1 month') d");
        }
        database.execute(
                "insert into credit_rollover_runs (rollover_date, mode, status, cutoff, zone, policy, requested_by,"
                        + " undoes_run_id, only_user_id) select rollover_date, 'undo', 'COMPLETED', cutoff, zone, policy, 'olga', id, n"
                        + " from credit_rollover_runs, generate_series(1, 50) n where rollover_date = '2026-10-01'");
        try (Browser browser = operator()) {
            browser.await("January 2026").await("50 undos");
            browser.follow("2024").await("January 2024").await("October 2024").look("months-of-2024");
        }
    }
}
