package io.creditrollover.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.TestDatabase;
import org.junit.jupiter.api.Test;

/** Tokens for programs: made and revoked in the console, scoped, expiring, kept as hashes. */
class ApiTokensTest {
    private final TestDatabase database = ConsoleServer.emptied();
    private final ApiClient session =
            ConsoleServer.stranger().loggedIn(ConsoleServer.OPERATOR, ConsoleServer.OPERATOR_PASSWORD);

    private String made(String name, String scope, int days) {
        String page = session.postForm(
                        "/tokens",
                        "name=" + name + "&scope=" + scope + "&days=" + days + "&_csrf="
                                + session.get("/tokens").token())
                .body();
        return page.contains("crt_") ? page.replaceAll("(?s).*?(crt_[A-Za-z0-9_-]{43})<.*", "$1") : "";
    }

    private static ApiClient with(String token) {
        return ConsoleServer.stranger().with("Authorization", "Bearer " + token);
    }

    @Test
    void aTokenDoesWhatItsScopeSaysAndIsKeptAsAHash() throws InterruptedException {
        ApiClient view = with(made("grafana", "view", 30));
        ApiClient operate = with(made("billing", "operate", 30));

        assertThat(view.get("/admin/rollovers").status()).isEqualTo(200);
        assertThat(view.post("/admin/run-rollover", "{\"dryRun\": true}").status())
                .isEqualTo(403);
        ApiClient.Answer begun = operate.post("/admin/run-rollover", "{\"dryRun\": true}");
        assertThat(begun.status()).isEqualTo(202);
        assertThat(operate.awaitEnd(begun.header("Location"))
                        .path("requestedBy")
                        .asString())
                .isEqualTo("token billing via serve");
        assertThat(view.get("/tokens").header("Location")).as("no page").contains("/login");
        assertThat(database.count("select count(*) from credit_rollover_api_tokens where hash ~ '^[0-9a-f]{64}$'"))
                .isEqualTo(2);
        assertThat(session.get("/tokens").body()).doesNotContain("crt_");
        assertThat(database.count("select count(*) from credit_rollover_audit where result like '%crt_%'"))
                .isZero();
        assertThat(database.count("select count(*) from credit_rollover_sessions"))
                .as("a token makes no session")
                .isEqualTo(1);
    }

    @Test
    void aTokenThatIsRevokedExpiredOrMadeUpLetsNobodyIn() {
        ApiClient revoked = with(made("a", "view", 1));
        ApiClient expired = with(made("b", "view", 1));
        assertThat(revoked.get("/admin/rollovers").status()).isEqualTo(200);
        long id = database.count("select id from credit_rollover_api_tokens where name = 'a'");

        session.postForm(
                "/tokens/" + id + "/revoke", "_csrf=" + session.get("/tokens").token());
        database.execute("update credit_rollover_api_tokens set expires_at = clock_timestamp() where name = 'b'");

        assertThat(revoked.get("/admin/rollovers"))
                .returns(401, ApiClient.Answer::status)
                .satisfies(
                        answer -> assertThat(answer.header("WWW-Authenticate")).contains("invalid_token"));
        assertThat(expired.get("/admin/rollovers").status()).isEqualTo(401);
        assertThat(with("crt_made-up").get("/admin/rollovers").status()).isEqualTo(401);
        assertThat(with("").get("/admin/rollovers").status()).isEqualTo(401);
        assertThat(database.jdbc()
                        .sql("select action || ' ' || coalesce(outcome, 'asked') from credit_rollover_audit"
                                + " where action like '%token' order by id")
                        .query(String.class)
                        .list())
                .containsExactly(
                        "make token asked",
                        "make token done",
                        "make token asked",
                        "make token done",
                        "revoke token asked",
                        "revoke token done");
    }

    @Test
    void aViewerMakesNoTokenAndNobodyMakesOneWithoutBounds() {
        ApiClient viewer = ConsoleServer.stranger().loggedIn(ConsoleServer.VIEWER, ConsoleServer.VIEWER_PASSWORD);
        assertThat(viewer.get("/tokens").status()).isEqualTo(403);
        assertThat(viewer.postForm(
                                "/tokens",
                                "name=a&scope=operate&_csrf=" + viewer.get("/").token())
                        .status())
                .isEqualTo(403);
        assertThat(made("a", "everything", 1)).isEmpty();
        assertThat(made("a", "view", 367)).isEmpty();
        assertThat(made("%3Cb%3E", "view", 1)).isEmpty();
        assertThat(database.count("select count(*) from credit_rollover_api_tokens"))
                .isZero();
    }
}
