package io.creditrollover.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What those get who should not get in, or not that far. */
class AccessTest {
    private static final List<String> READS = List.of(
            "/admin/rollovers",
            "/admin/rollovers/1",
            "/admin/rollovers/1/events",
            "/admin/openapi.yaml",
            "/admin/events",
            "/admin/webhooks");
    private static final List<String> CHANGES = List.of(
            "/admin/run-rollover",
            "/admin/rollovers/1/restart",
            "/admin/rollovers/1/stop",
            "/admin/rollovers/1/undo",
            "/admin/webhooks/crm/replay",
            "/admin/webhooks/crm/switch-on");

    private final TestDatabase database = ConsoleServer.emptied();

    @Test
    void strangersGetNothingButTheLoginPageAndTheProbes() {
        ApiClient stranger = ConsoleServer.stranger();
        READS.forEach(path -> assertThat(stranger.get(path)).returns(401, ApiClient.Answer::status));
        CHANGES.forEach(path -> assertThat(stranger.post(path, "{}")).returns(401, ApiClient.Answer::status));
        assertThat(stranger.get("/actuator/prometheus").status()).isEqualTo(401);
        assertThat(stranger.get("/actuator/env").status()).isEqualTo(401);
        assertThat(stranger.get("/actuator/health/liveness").body())
                .contains("UP")
                .doesNotContain("db");
        assertThat(stranger.get("/actuator/health/readiness").status()).isEqualTo(200);
        for (String page : List.of("/", "/runs/1", "/users", "/audit")) {
            assertThat(stranger.get(page).header("Location"))
                    .as(page)
                    .contains("/login")
                    .doesNotContain("over");
        }
        assertThat(stranger.get("/login").status()).isEqualTo(200);
        assertThat(database.count("select count(*) from credit_rollover_runs")).isZero();
    }

    @Test
    void aWrongPasswordGets401() {
        assertThat(ConsoleServer.stranger()
                        .as(ConsoleServer.OPERATOR, "guess")
                        .get("/admin/rollovers")
                        .status())
                .isEqualTo(401);
        assertThat(ConsoleServer.operator().get("/admin/rollovers").status()).isEqualTo(200);
    }

    @Test
    void aViewerLooksAndChangesNothing() {
        assertThat(ConsoleServer.viewer().get("/admin/rollovers").status()).isEqualTo(200);
        CHANGES.forEach(
                path -> assertThat(ConsoleServer.viewer().post(path, "{}")).returns(403, ApiClient.Answer::status));
        assertThat(database.count("select count(*) from credit_rollover_runs")).isZero();
    }

    @Test
    void aSessionNeedsItsToken() {
        ApiClient session = ConsoleServer.stranger().loggedIn(ConsoleServer.OPERATOR, ConsoleServer.OPERATOR_PASSWORD);

        assertThat(session.get("/admin/rollovers").status()).isEqualTo(200);
        assertThat(session.post("/admin/run-rollover", "{}").status()).isEqualTo(403);
        assertThat(session.postForm("/runs", "what=dry-run").status()).isEqualTo(403);
        assertThat(database.count("select count(*) from credit_rollover_runs")).isZero();
    }

    @Test
    void aSessionIsWrittenOnceAMinuteNotAtEachRequest() {
        ApiClient session = ConsoleServer.stranger().loggedIn(ConsoleServer.OPERATOR, ConsoleServer.OPERATOR_PASSWORD);
        session.get("/admin/rollovers");
        String written = sessionRows();
        session.get("/admin/rollovers");
        session.get("/");

        assertThat(sessionRows()).isEqualTo(written);

        database.execute("update credit_rollover_sessions set last_access_time = last_access_time - 61000");
        long before = lastAccess();
        session.get("/admin/rollovers");
        assertThat(lastAccess()).isGreaterThanOrEqualTo(before + 61_000);
    }

    private String sessionRows() {
        return database.jdbc()
                .sql("select string_agg(xmin::text || ' ' || last_access_time, ', ') from credit_rollover_sessions")
                .query(String.class)
                .single();
    }

    private long lastAccess() {
        return database.count("select max(last_access_time) from credit_rollover_sessions");
    }

    @Test
    void aPageOfAnotherSiteChangesNothingEvenWithThePassword() {
        for (ApiClient forged : List.of(
                ConsoleServer.operator().with("Origin", "https://evil.example"),
                ConsoleServer.operator().with("Origin", "null"),
                ConsoleServer.operator().with("Sec-Fetch-Site", "cross-site"),
                ConsoleServer.operator().with("Sec-Fetch-Site", "same-site"))) {
            assertThat(forged.post("/admin/run-rollover", "{}").status()).isEqualTo(403);
        }
        ApiClient own = ConsoleServer.operator().with("Origin", "http://127.0.0.1:" + ConsoleServer.port());
        assertThat(own.post("/admin/run-rollover", "{\"date\": \"2026-11-02\"}").status())
                .isEqualTo(400);
    }

    @Test
    void answersAreNotKeptAndPagesLoadNothingFromElsewhere() {
        for (ApiClient.Answer answer : List.of(
                ConsoleServer.viewer().get("/admin/rollovers"),
                ConsoleServer.stranger()
                        .loggedIn(ConsoleServer.VIEWER, ConsoleServer.VIEWER_PASSWORD)
                        .get("/"))) {
            assertThat(answer.header("Cache-Control")).contains("no-store");
            assertThat(answer.header("Content-Security-Policy"))
                    .contains("default-src 'none'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.header("Strict-Transport-Security")).isEmpty();
        }
        assertThat(ConsoleServer.viewer()
                        .with("X-Forwarded-Proto", "https")
                        .get("/admin/rollovers")
                        .header("Strict-Transport-Security"))
                .contains("max-age");
    }
}
