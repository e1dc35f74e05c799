package io.creditrollover.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** From a figure to its events, by link, by the back button, and with a server that is gone. */
class DrillDownTest {
    private final TestDatabase database = ConsoleServer.emptied();
    private final HostFixture host = ConsoleServer.host();

    @Test
    void aFigureLeadsToItsEventsAndTheAddressKeepsThem() throws Exception {
        host.manyUsers(200);
        HostFixture.User odd = host.aLapsedUser();
        odd.payment("gold", 50, "paid", host.inTheMonth());
        host.aUserWhoNeverPaid().payment("monthly", 50, "captured", host.inTheMonth());
        ApiClient olga = ConsoleServer.operator();
        String api = olga.post("/admin/run-rollover", "{\"approve\": \"first month\"}")
                .header("Location");
        olga.awaitEnd(api);
        String run = "/runs/" + api.replaceAll(".*/", "");
        try (Browser browser = Browser.on(ConsoleServer.port())) {
            browser.login(ConsoleServer.OPERATOR, ConsoleServer.OPERATOR_PASSWORD);
            figuresLeadToEvents(browser, run);
            theBackButtonKeepsFilterAndTableTogether(browser, run);
            aFailedFilterIsSaid(browser);
            theReportIsATab(browser, run);
            skippedUsersOfAllMonths(browser, odd);
            activityIsFilteredByItsAddress(browser);
            theChartLeadsToItsMonth(browser, run);
        }
        assertThat(database.count("select count(*) from credit_rollover_skips")).isEqualTo(2);
    }

    private static void figuresLeadToEvents(Browser browser, String run) {
        browser.open(run).pick("dd a[href*='action=expiry']").await("in total, ordered by user id");
        assertThat(browser.path()).isEqualTo(run + "/events?action=expiry");
        assertThat(browser.value("action")).isEqualTo("expiry");
        assertThat(browser.text()).contains("page 1 of 5").doesNotContain("rolled over because");
        browser.pick("a[rel=next]").await("page 2 of 5").look("events");
        assertThat(browser.path()).isEqualTo(run + "/events?action=expiry&page=1");
    }

    private static void theBackButtonKeepsFilterAndTableTogether(Browser browser, String run) {
        browser.open(run + "/events").choose("action", "expiry").await("120 in total");
        browser.choose("reasonCode", "no payment").await("40 in total");
        assertThat(browser.path()).isEqualTo(run + "/events?action=expiry&reasonCode=NO_PAYMENT");
        browser.back().await("120 in total");
        assertThat(browser.value("action")).isEqualTo("expiry");
        assertThat(browser.value("reasonCode")).isEmpty();
        browser.back().await("200 in total");
        assertThat(browser.value("action")).isEmpty();
    }

    private static void aFailedFilterIsSaid(Browser browser) {
        browser.offline(true).choose("action", "expiry").await("could not be read from the server");
        assertThat(browser.text()).doesNotContain("in total");
        browser.offline(false).press("Try again").await("120 in total");
    }

    private static void theReportIsATab(Browser browser, String run) {
        browser.open(run)
                .pick(".tabs a[href$='/report']")
                .await("By reason and plan")
                .look("report");
        assertThat(browser.title()).startsWith("Report, ").contains("execution");
        browser.pick("a[href*='reasonCode=NO_PAYMENT']").await("40 in total");
    }

    private static void skippedUsersOfAllMonths(Browser browser, HostFixture.User odd) {
        browser.open("/")
                .pick("nav a[href='/skipped']")
                .await("Payment to check")
                .look("skipped");
        assertThat(browser.text()).contains("gold, ₹299, paid").contains("monthly, ₹299, captured");
        browser.choose("reasonCode", "a payment is for an unknown plan")
                .press("Find")
                .await("page 1");
        assertThat(browser.path()).contains("reasonCode=PLAN_UNKNOWN");
        assertThat(browser.text()).contains(String.valueOf(odd.id())).doesNotContain("captured");
    }

    private static void activityIsFilteredByItsAddress(Browser browser) {
        browser.open("/audit?about=first+month").await("first month").look("activity");
        assertThat(browser.text()).containsPattern("just now|min ago");
        browser.pick("a[href^='/admin/audit.csv?']");
        browser.open("/audit?actor=nobody").await("No activity found");
    }

    private static void theChartLeadsToItsMonth(Browser browser, String run) {
        browser.open("/").await("Credits");
        browser.spoil("document.querySelector('svg.bars a').focus()").await("rolled over,");
        browser.look("months-chart");
        browser.spoil("document.querySelector('svg.bars a').focus()")
                .key(Keys.ENTER)
                .await("About this run");
        assertThat(browser.path()).isEqualTo(run);
    }
}
