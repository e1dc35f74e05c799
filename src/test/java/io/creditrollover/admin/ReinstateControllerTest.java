package io.creditrollover.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Reinstating one user over HTTP; every answer is held against the OpenAPI description. */
class ReinstateControllerTest {
    private final TestDatabase database = ConsoleServer.emptied();
    private final HostFixture host = ConsoleServer.host();
    private final ApiClient olga = ConsoleServer.operator();
    private HostFixture.User lapsed;

    @BeforeEach
    void runAMonth() throws InterruptedException {
        lapsed = host.aLapsedUser();
        olga.awaitEnd(olga.post("/admin/run-rollover", "{\"approve\": \"first month\"}")
                .header("Location"));
    }

    @Test
    void givesBackOnceAndWritesTheIntentBeforeTheDeed() throws InterruptedException {
        ApiClient.Answer begun = olga.post(path(), "{\"reason\": \"ticket 4711\"}");

        assertThat(begun.status()).isEqualTo(202);
        JsonNode run = olga.awaitEnd(begun.header("Location"));
        assertThat(run.path("status").asString()).isEqualTo("COMPLETED");
        assertThat(run.path("mode").asString()).isEqualTo("reinstate");
        assertThat(run.path("creditsReinstated").asLong()).isEqualTo(25);
        assertThat(host.creditsOf(lapsed)).isEqualTo(25);
        assertThat(database.jdbc()
                        .sql("select outcome from credit_rollover_audit where action = 'reinstate' and target = :target"
                                + " and coalesce(reason, 'ticket 4711') = 'ticket 4711' order by id")
                        .param("target", "user " + lapsed.id())
                        .query((rs, row) -> String.valueOf(rs.getString(1)))
                        .list())
                .startsWith("null", "begun");
        assertThat(olga.post(path(), "{\"reason\": \"again\"}").status()).isEqualTo(409);
        JsonNode month = olga.get("/admin/users/" + lapsed.id() + "/explain")
                .json()
                .path("months")
                .get(0);
        assertThat(month.path("reasonCode").asString()).isEqualTo("GOODWILL");
        assertThat(month.path("text").asString()).contains("25 credits").contains("ticket 4711");
    }

    @Test
    void aDryRunAnswersWithItsResultAndChangesNothing() {
        ApiClient.Answer dry = olga.post(path(), "{\"reason\": \"why\", \"dryRun\": true}");

        assertThat(dry.status()).isEqualTo(200);
        assertThat(dry.json().path("creditsReinstated").asLong()).isEqualTo(25);
        assertThat(host.creditsOf(lapsed)).isZero();
    }

    @Test
    void theSameKeyStartsOne() throws InterruptedException {
        ApiClient.Answer first = olga.with("Idempotency-Key", "k1").post(path(), "{\"reason\": \"why\"}");
        olga.awaitEnd(first.header("Location"));
        ApiClient.Answer second = olga.with("Idempotency-Key", "k1").post(path(), "{\"reason\": \"why\"}");

        assertThat(second.header("Location")).isEqualTo(first.header("Location"));
        assertThat(host.creditsOf(lapsed)).isEqualTo(25);
    }

    @Test
    void refusesWhatIsWrongOrNotAllowed() {
        assertThat(olga.post(path(), "{}").status()).isEqualTo(400);
        assertThat(olga.post(path(), "{\"reason\": \" \"}").status()).isEqualTo(400);
        assertThat(olga.post(path(), "{\"reason\": \"why\", \"date\": \"2026-11-02\"}")
                        .status())
                .isEqualTo(400);
        assertThat(olga.post(path(), "{\"reason\": \"why\", \"date\": \"2020-01-01\"}")
                        .status())
                .isEqualTo(409);
        assertThat(olga.post("/admin/users/4711000/reinstate", "{\"reason\": \"why\"}")
                        .status())
                .isEqualTo(404);
        assertThat(ConsoleServer.viewer().post(path(), "{\"reason\": \"why\"}").status())
                .isEqualTo(403);
        assertThat(host.creditsOf(lapsed)).isZero();
    }

    private String path() {
        return "/admin/users/" + lapsed.phone().replace("+", "%2B") + "/reinstate";
    }
}
