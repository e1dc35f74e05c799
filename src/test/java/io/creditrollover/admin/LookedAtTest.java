package io.creditrollover.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A person checks a skipped user once, and colleagues see who did. */
class LookedAtTest {
    private final TestDatabase database = ConsoleServer.emptied();
    private final HostFixture host = ConsoleServer.host();
    private final HostFixture.User odd = host.aLapsedUser();
    private final HostFixture.User other = host.aLapsedUser();
    private final ApiClient olga =
            ConsoleServer.stranger().loggedIn(ConsoleServer.OPERATOR, ConsoleServer.OPERATOR_PASSWORD);

    @BeforeEach
    void bothAreSkipped() throws InterruptedException {
        odd.payment("gold", 50, "paid", host.inTheMonth());
        other.payment("gold", 50, "paid", host.inTheMonth());
        ApiClient api = ConsoleServer.operator();
        api.awaitEnd(api.post("/admin/run-rollover", "{\"approve\": \"first month\"}")
                .header("Location"));
    }

    private ApiClient.Answer mark(ApiClient browser, long userId) {
        long runId = database.count("select max(run_id) from credit_rollover_skips");
        String token = browser.get("/users").token();
        return browser.postForm(
                "/skipped/looked-at",
                "runId=" + runId + "&userId=" + userId + "&reasonCode=PLAN_UNKNOWN&looked=no&_csrf=" + token);
    }

    @Test
    void aMarkIsShownFilteredExportedAndAudited() {
        assertThat(olga.get("/skipped").body())
                .contains("I have looked at user " + odd.id(), "I have looked at user " + other.id());

        ApiClient.Answer marked = mark(olga, odd.id());

        assertThat(marked.status()).isEqualTo(302);
        assertThat(marked.header("Location")).endsWith("/skipped?reasonCode=PLAN_UNKNOWN&looked=no#skipped");
        assertThat(olga.get("/skipped").body())
                .contains("just now", "I have looked at user " + other.id())
                .doesNotContain("I have looked at user " + odd.id());
        assertThat(olga.get("/skipped?looked=no").body())
                .contains("/users?id=" + other.id() + "\"")
                .doesNotContain("/users?id=" + odd.id() + "\"");
        assertThat(olga.get("/admin/skips.csv?looked=yes").body().lines())
                .hasSize(2)
                .last()
                .asString()
                .contains("," + odd.id() + ",")
                .endsWith("Z," + ConsoleServer.OPERATOR);
        assertThat(olga.get("/audit?action=look-at").body()).contains("marked the skipped user as looked at");
        assertThat(olga.get("/skipped?looked=maybe").status()).isEqualTo(400);
    }

    @Test
    void theFirstMarkStays() {
        database.execute(
                "update credit_rollover_skips set looked_at = '2026-11-02', looked_at_by = 'asha' where user_id = "
                        + odd.id());

        assertThat(mark(olga, odd.id()).status()).isEqualTo(302);

        assertThat(olga.get("/skipped?looked=yes").body()).contains(">asha<").doesNotContain("just now");
        assertThat(database.count("select count(*) from credit_rollover_audit where action = 'look-at'"))
                .isZero();
    }

    @Test
    void onlyAnOperatorMarksAndOnlyASkippedUser() {
        ApiClient victor = ConsoleServer.stranger().loggedIn(ConsoleServer.VIEWER, ConsoleServer.VIEWER_PASSWORD);

        assertThat(victor.get("/skipped").body()).doesNotContain("I have looked at user");
        assertThat(mark(victor, odd.id()).status()).isEqualTo(403);
        assertThat(mark(olga, 999_999).status()).isEqualTo(404);
        assertThat(database.count("select count(*) from credit_rollover_skips where looked_at is not null"))
                .isZero();
    }
}
