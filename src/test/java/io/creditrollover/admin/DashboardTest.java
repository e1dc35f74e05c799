package io.creditrollover.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way of an admin through the dashboard, in a real browser. */
class DashboardTest {
    private final TestDatabase database = Served.emptied();
    private final HostFixture host = Served.host();

    @Test
    void fromADryRunToTheRunAsPlannedToItsUndo(@TempDir Path profile) throws Exception {
        host.manyUsers(60);
        HostFixture.User lapsed = host.aLapsedUser();
        database.execute("update users set name = '<script>alert(1)</script>'");
        try (Browser browser = Browser.on(Served.port(), profile)) {
            browser.open("/login").look("login");
            browser.login(Served.OPERATOR, Served.OPERATOR_PASSWORD);
            browser.await("No month is complete yet").await("If ").look("months-empty");

            browser.press("Start a dry run").await("Run as planned").await("COMPLETED");
            browser.look("dry-run");
            assertThat(host.creditsOf(lapsed)).isEqualTo(25);

            carryOutWhileTheHostHoldsARow(browser, lapsed);
            assertThat(host.creditsOf(lapsed)).isZero();
            browser.look("run");
            String run = browser.path();

            browser.choose("action", "expiry").type("user", String.valueOf(lapsed.id()));
            browser.await("1 in all").await(lapsed.phone().substring(9));
            assertThat(browser.text()).doesNotContain(lapsed.phone());

            browser.open("/users").look("users-empty");
            browser.type("user", lapsed.phone()).press("Explain").await("expiry 25 → 0");
            browser.look("user");

            browser.open(run).unfold("Undo this run");
            browser.type("undo-confirmation", host.date().toString()).type("undo-reason", "<b>wrong</b> \"plan\" list");
            browser.look("undo");
            browser.press("Undo").await("credits given back").await("COMPLETED");
            assertThat(host.creditsOf(lapsed)).isEqualTo(25);
            assertThat(browser.open(run).text()).contains("UNDONE");

            browser.open("/").await("UNDONE").look("months");
            browser.open("/audit").await("<b>wrong</b> \"plan\" list").look("record");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    /** So that there is time to watch it. */
    private void carryOutWhileTheHostHoldsARow(Browser browser, HostFixture.User user) throws Exception {
        try (Connection held = host.lock(user)) {
            browser.type("plan-confirmation", host.date().toString()).press("Run as planned");
            browser.await("At work").await("of 61 users").look("running");
            held.rollback();
        }
        browser.await("Undo this run");
    }

    @Test
    void saysWhatWasRefusedWhereItWasAsked(@TempDir Path profile) {
        try (Browser browser = Browser.on(Served.port(), profile)) {
            browser.login(Served.VIEWER, Served.VIEWER_PASSWORD);
            assertThat(browser.text()).doesNotContain("Start a dry run");
            browser.open("/runs/999").await("There is no execution 999").look("unknown");
            browser.open("/nothing").await("There is no such page");
            browser.open("/users").type("user", "999999").press("Explain").await("There is no user");
        }
    }
}
