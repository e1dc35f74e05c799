package io.creditrollover.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** An operator uses the console, in a real browser. */
class ConsoleTest {
    private final TestDatabase database = ConsoleServer.emptied();
    private final HostFixture host = ConsoleServer.host();

    @Test
    void fromADryRunToTheRunAsPlannedToItsUndo() throws Exception {
        host.manyUsers(60);
        HostFixture.User lapsed = host.aLapsedUser();
        database.execute("update users set name = '<script>alert(1)</script>'");
        try (Browser browser = Browser.on(ConsoleServer.port())) {
            browser.open("/login").look("login");
            browser.login(ConsoleServer.OPERATOR, ConsoleServer.OPERATOR_PASSWORD);
            browser.await("No month is complete yet").await("If ").look("months-empty");

            browser.press("Start a dry run").await("Run as planned").await("COMPLETED");
            browser.look("dry-run");
            assertThat(host.creditsOf(lapsed)).isEqualTo(25);

            carryOutWhileTheHostHoldsARow(browser, lapsed);
            assertThat(host.creditsOf(lapsed)).isZero();
            browser.look("run");
            String run = browser.path();

            // The last digits: an id may also be how somebody's phone number ends.
            browser.open(run + "/events")
                    .choose("action", "expiry")
                    .type("user", lapsed.phone().substring(9));
            browser.await("1 in total").await(lapsed.phone().substring(9));
            assertThat(browser.text()).doesNotContain(lapsed.phone());

            browser.open("/users").look("users-empty");
            browser.type("user", lapsed.phone()).press("Find").await("expired 25 (25 → 0)");
            browser.look("user");

            browser.open(run).unfold("Undo this run for all users");
            browser.type("undo-all-reason", "<b>wrong</b> \"plan\" list").press("Preview for all users");
            browser.await("Nothing is changed yet").look("undo");
            browser.type("undo-credits", expiredCredits("live")).press("Undo for all users");
            browser.await("credits reversed").await("COMPLETED");
            assertThat(host.creditsOf(lapsed)).isEqualTo(25);
            assertThat(browser.open(run).text()).contains("UNDONE");

            browser.open("/").await("UNDONE").look("months");
            browser.open("/audit").await("<b>wrong</b> \"plan\" list").look("record");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private String expiredCredits(String mode) {
        return database.jdbc()
                .sql("select credits_expired from credit_rollover_runs where mode = :mode")
                .param("mode", mode)
                .query(String.class)
                .single();
    }

    /** So that there is time to watch it. */
    private void carryOutWhileTheHostHoldsARow(Browser browser, HostFixture.User user) throws Exception {
        try (Connection held = host.lock(user)) {
            browser.type("plan-credits", expiredCredits("dry-run")).type("plan-reason", "as every month");
            browser.press("Run as planned");
            browser.await("Running").await("of 61 users").look("running");
            held.rollback();
        }
        browser.await("Add credits back");
    }

    @Test
    void ofTwoBrowsersThatPressRunAtOnceOneGetsIt() throws Exception {
        HostFixture.User busy = host.aLapsedUser();
        try (Browser one = Browser.on(ConsoleServer.port());
                Browser other = Browser.on(ConsoleServer.port())) {
            List<Browser> both = List.of(one, other);
            both.forEach(browser -> {
                browser.login(ConsoleServer.OPERATOR, ConsoleServer.OPERATOR_PASSWORD);
                browser.unfold("Run " + Formats.month(host.date()) + " without a dry run")
                        .type("approve", "first month");
            });
            try (Connection held = host.lock(busy)) {
                CompletableFuture.allOf(both.stream()
                                .map(browser -> CompletableFuture.runAsync(() -> browser.press("Run it live")))
                                .toArray(CompletableFuture[]::new))
                        .get(180, TimeUnit.SECONDS);
                // The one page says "Running", the other "Another process is running".
                both.forEach(browser -> browser.await("unning"));
                assertThat(both)
                        .filteredOn(browser -> browser.text().contains("Another process is running"))
                        .hasSize(1);
                assertThat(both)
                        .filteredOn(browser -> browser.path().startsWith("/runs/"))
                        .hasSize(1);
                held.rollback();
            }
        }
        assertThat(database.count("select count(*) from credit_rollover_runs")).isEqualTo(1);
        assertThat(database.count("select count(*) from credit_rollover_batch_job_execution"))
                .isEqualTo(1);
    }

    @Test
    void saysWhatWasRefusedWhereItWasAsked() {
        try (Browser browser = Browser.on(ConsoleServer.port())) {
            browser.login(ConsoleServer.VIEWER, ConsoleServer.VIEWER_PASSWORD);
            assertThat(browser.text()).doesNotContain("Start a dry run");
            browser.open("/runs/999").await("There is no execution 999").look("unknown");
            browser.open("/nothing").await("There is no such page");
            browser.open("/users").type("user", "999999").press("Find").await("There is no user");
        }
    }
}
