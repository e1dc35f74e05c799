package io.creditrollover.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.TestApplication;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authentication.event.AuthenticationFailureBadCredentialsEvent;
import org.springframework.security.authentication.event.AuthenticationSuccessEvent;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.OidcUserAuthority;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/** What those get who should not get in, or not that far. */
class SecurityTest {
    private static final List<String> READS =
            List.of("/admin/rollovers", "/admin/rollovers/1", "/admin/rollovers/1/events", "/admin/openapi.yaml");
    private static final List<String> CHANGES = List.of(
            "/admin/run-rollover", "/admin/rollovers/1/restart", "/admin/rollovers/1/stop", "/admin/rollovers/1/undo");

    private final TestDatabase database = Served.emptied();
    private final HostFixture host = Served.host();

    @Test
    void strangersGetNothingButTheLoginPageAndTheProbes() {
        ApiClient stranger = Served.stranger();
        READS.forEach(path -> assertThat(stranger.get(path)).returns(401, ApiClient.Answer::status));
        CHANGES.forEach(path -> assertThat(stranger.post(path, "{}")).returns(401, ApiClient.Answer::status));
        assertThat(stranger.get("/actuator/prometheus").status()).isEqualTo(401);
        assertThat(stranger.get("/actuator/env").status()).isEqualTo(401);
        assertThat(stranger.get("/actuator/health/liveness").body())
                .contains("UP")
                .doesNotContain("db");
        assertThat(stranger.get("/actuator/health/readiness").status()).isEqualTo(200);
        for (String page : List.of("/", "/runs/1", "/users", "/audit")) {
            assertThat(stranger.get(page).header("Location")).as(page).endsWith("/login");
        }
        assertThat(stranger.get("/login").status()).isEqualTo(200);
        assertThat(database.count("select count(*) from credit_rollover_runs")).isZero();
    }

    @Test
    void aWrongPasswordGets401() {
        assertThat(Served.stranger()
                        .as(Served.OPERATOR, "guess")
                        .get("/admin/rollovers")
                        .status())
                .isEqualTo(401);
        assertThat(Served.operator().get("/admin/rollovers").status()).isEqualTo(200);
    }

    @Test
    void aViewerLooksAndChangesNothing() {
        assertThat(Served.viewer().get("/admin/rollovers").status()).isEqualTo(200);
        CHANGES.forEach(path -> assertThat(Served.viewer().post(path, "{}")).returns(403, ApiClient.Answer::status));
        assertThat(database.count("select count(*) from credit_rollover_runs")).isZero();
    }

    @Test
    void aSessionNeedsItsToken() {
        ApiClient session = session(Served.OPERATOR, Served.OPERATOR_PASSWORD);

        assertThat(session.get("/admin/rollovers").status()).isEqualTo(200);
        assertThat(session.post("/admin/run-rollover", "{}").status()).isEqualTo(403);
        assertThat(session.postForm("/runs", "dryRun=true").status()).isEqualTo(403);
        assertThat(database.count("select count(*) from credit_rollover_runs")).isZero();
    }

    @Test
    void aPageOfAnotherSiteChangesNothingEvenWithThePassword() {
        for (ApiClient forged : List.of(
                Served.operator().with("Origin", "https://evil.example"),
                Served.operator().with("Origin", "null"),
                Served.operator().with("Sec-Fetch-Site", "cross-site"),
                Served.operator().with("Sec-Fetch-Site", "same-site"))) {
            assertThat(forged.post("/admin/run-rollover", "{}").status()).isEqualTo(403);
        }
        ApiClient own = Served.operator().with("Origin", "http://127.0.0.1:" + Served.port());
        assertThat(own.post("/admin/run-rollover", "{\"date\": \"2026-11-02\"}").status())
                .isEqualTo(400);
    }

    @Test
    void aBodyOfTenMegabytesIsNotEvenRead() {
        String large = "{\"approve\": \"" + "x".repeat(10_000_000) + "\"}";
        try {
            assertThat(Served.operator().post("/admin/run-rollover", large).status())
                    .isEqualTo(413);
        } catch (java.io.UncheckedIOException closed) {
            // As good: a server that does not read on may close the connection before all of it was sent.
            assertThat(closed.getCause()).isInstanceOf(java.io.IOException.class);
        }
        ApiClient operator = Served.operator();
        var streamed = operator.request("/admin/run-rollover")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(new byte[] {'{', '}'})))
                .build();
        assertThat(operator.send("/admin/run-rollover", streamed).status()).isEqualTo(411);
        assertThat(database.count("select count(*) from credit_rollover_runs")).isZero();
    }

    @Test
    void sqlInFiltersIsRefusedOrFindsNothing() throws InterruptedException {
        host.aLapsedUser();
        String run = Served.operator()
                .post("/admin/run-rollover", "{\"dryRun\": true}")
                .header("Location");
        Served.operator().awaitEnd(run);
        for (String filter : List.of(
                "action=expiry%27%20or%201=1--",
                "reasonCode=X%27;drop%20table%20users", "user=%25", "size=-1", "page=99999999")) {
            assertThat(Served.viewer().get(run + "/events?" + filter).status())
                    .as(filter)
                    .isEqualTo(400);
        }
        assertThat(database.count("select count(*) from users")).isEqualTo(1);
    }

    @Test
    void reasonsAreOneLineAndBounded() {
        assertThat(Served.operator()
                        .post("/admin/run-rollover", "{\"approve\": \"" + "x".repeat(501) + "\"}")
                        .status())
                .isEqualTo(400);
        assertThat(Served.operator()
                        .post("/admin/run-rollover", "{\"approve\": \"one\\ntwo\"}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void answersAreNotKeptAndPagesLoadNothingFromElsewhere() {
        for (ApiClient.Answer answer : List.of(
                Served.viewer().get("/admin/rollovers"),
                session(Served.VIEWER, Served.VIEWER_PASSWORD).get("/"))) {
            assertThat(answer.header("Cache-Control")).contains("no-store");
            assertThat(answer.header("Content-Security-Policy"))
                    .contains("default-src 'none'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.header("Strict-Transport-Security")).isEmpty();
        }
        assertThat(Served.viewer()
                        .with("X-Forwarded-Proto", "https")
                        .get("/admin/rollovers")
                        .header("Strict-Transport-Security"))
                .contains("max-age");
    }

    @Test
    void twoHundredBadLoginsWaitLongerAndLongerAndLockNobodyElseOut() {
        TickingClock clock = new TickingClock();
        LoginDelays delays = new LoginDelays(clock);
        for (int i = 0; i < 4; i++) {
            delays.failed(failure("203.0.113.7"));
        }
        assertThat(delays.remaining("203.0.113.7")).isZero();
        delays.failed(failure("203.0.113.7"));
        assertThat(delays.remaining("203.0.113.7")).isEqualTo(Duration.ofSeconds(1));
        for (int i = 0; i < 195; i++) {
            delays.failed(failure("203.0.113.7"));
        }
        assertThat(delays.remaining("203.0.113.7")).isEqualTo(Duration.ofMinutes(1));
        assertThat(delays.remaining("203.0.113.8")).isZero();
        clock.now = clock.now.plusSeconds(60);
        assertThat(delays.remaining("203.0.113.7")).isZero();
        delays.failed(failure("2001:db8::1"));
        for (int i = 0; i < 5; i++) {
            delays.failed(failure("2001:db8::" + i));
        }
        assertThat(delays.remaining("2001:db8::ffff")).isPositive();
        delays.succeeded(new AuthenticationSuccessEvent(authentication("203.0.113.7")));
        delays.failed(failure("203.0.113.7"));
        assertThat(delays.remaining("203.0.113.7")).isZero();
    }

    @Test
    void afterManyWrongPasswordsAnAddressIsToldToWait() {
        // Elsewhere than where the other tests come from; believed since the request comes over loopback, as from a
        // proxy.
        ApiClient elsewhere = Served.stranger().with("X-Forwarded-For", "203.0.113.99");
        int refused = 0;
        for (int i = 0; i < 200; i++) {
            refused += elsewhere
                                    .as(Served.OPERATOR, "guess " + i)
                                    .get("/admin/rollovers")
                                    .status()
                            == 429
                    ? 1
                    : 0;
        }
        assertThat(refused).isGreaterThan(150);
        assertThat(elsewhere.as(Served.OPERATOR, Served.OPERATOR_PASSWORD).get("/admin/rollovers"))
                .returns(429, ApiClient.Answer::status)
                .satisfies(answer -> assertThat(answer.header("Retry-After")).isNotEmpty());
        assertThat(Served.operator().get("/admin/rollovers").status()).isEqualTo(200);
    }

    @Test
    void withoutAPasswordItRefusesToListenWhereOthersCanReachIt() {
        assertThatThrownBy(() -> TestApplication.serving(
                                TestDatabase.migrated(), "server.address=0.0.0.0", "rollover.enabled=true")
                        .close())
                .hasStackTraceContaining("rollover.admin.password is not set");
    }

    @Test
    void aPasswordCanBeABcryptHash() {
        String hash = new BCryptPasswordEncoder(4).encode("hidden");
        try (TestApplication server = TestApplication.serving(
                TestDatabase.migrated(), "rollover.admin.username=root", "rollover.admin.password=" + hash)) {
            assertThat(new ApiClient(server.port())
                            .as("root", "hidden")
                            .get("/admin/rollovers")
                            .status())
                    .isEqualTo(200);
            assertThat(new ApiClient(server.port())
                            .as("root", hash)
                            .get("/admin/rollovers")
                            .status())
                    .isEqualTo(401);
        }
    }

    @Test
    void peopleCanLogInWithAProviderWhereOneIsConfigured() {
        String registration = "spring.security.oauth2.client.registration.company.";
        String provider = "spring.security.oauth2.client.provider.company.";
        try (TestApplication server = TestApplication.serving(
                TestDatabase.migrated(),
                "server.address=0.0.0.0",
                registration + "client-id=credit-rollover",
                registration + "client-secret=secret",
                registration + "scope=openid",
                registration + "authorization-grant-type=authorization_code",
                registration + "redirect-uri={baseUrl}/login/oauth2/code/{registrationId}",
                provider + "authorization-uri=https://login.example/authorize",
                provider + "token-uri=https://login.example/token",
                provider + "jwk-set-uri=https://login.example/keys",
                provider + "user-name-attribute=sub")) {
            ApiClient stranger = new ApiClient(server.port());
            assertThat(stranger.get("/login").body()).contains("/oauth2/authorization/company");
            assertThat(stranger.get("/oauth2/authorization/company").header("Location"))
                    .startsWith("https://login.example/authorize?")
                    .contains("nonce=", "state=");
            assertThat(stranger.as("admin", "").get("/admin/rollovers").status())
                    .isEqualTo(401);
        }
    }

    @Test
    void aProvidersClaimsGiveTheRolesThatTheyNameAndNoOther() {
        assertThat(SingleSignOn.roles(claims(Map.of("groups", List.of("credit-rollover-operator", "staff")))))
                .extracting(GrantedAuthority::getAuthority)
                .containsExactly("ROLE_OPERATOR");
        assertThat(SingleSignOn.roles(claims(Map.of("roles", List.of("credit-rollover-viewer")))))
                .extracting(GrantedAuthority::getAuthority)
                .containsExactly("ROLE_VIEWER");
        assertThat(SingleSignOn.roles(claims(Map.of("roles", "credit-rollover-operator"))))
                .isEmpty();
        assertThat(SingleSignOn.roles(List.of(new SimpleGrantedAuthority("ROLE_OPERATOR"))))
                .isEmpty();
    }

    private static List<GrantedAuthority> claims(Map<String, Object> claims) {
        Map<String, Object> all = new HashMap<>(claims);
        all.put("sub", "somebody");
        return List.of(new OidcUserAuthority(new OidcIdToken("token", Instant.EPOCH, Instant.MAX, all)));
    }

    /** Logs in on the login page. */
    static ApiClient session(String username, String password) {
        ApiClient.Answer page = Served.stranger().get("/login");
        String cookie = cookie(page);
        String token = page.body().replaceAll("(?s).*name=\"_csrf\" value=\"([^\"]+)\".*", "$1");
        ApiClient.Answer in = Served.stranger()
                .with("Cookie", cookie)
                .postForm(
                        "/login",
                        "username=" + username + "&password=" + password.replace(" ", "+") + "&_csrf=" + token);
        assertThat(in.header("Location")).doesNotContain("login");
        assertThat(in.header("Set-Cookie")).contains("HttpOnly", "SameSite=Lax");
        return Served.stranger().with("Cookie", cookie(in));
    }

    private static String cookie(ApiClient.Answer answer) {
        return answer.header("Set-Cookie").split(";")[0];
    }

    private static AuthenticationFailureBadCredentialsEvent failure(String address) {
        return new AuthenticationFailureBadCredentialsEvent(
                authentication(address), new BadCredentialsException("wrong"));
    }

    private static UsernamePasswordAuthenticationToken authentication(String address) {
        var authentication = new UsernamePasswordAuthenticationToken("somebody", "guess");
        authentication.setDetails(new WebAuthenticationDetails(address, null));
        return authentication;
    }

    private static final class TickingClock extends Clock {
        private Instant now = Instant.parse("2026-11-01T00:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneId.of("UTC");
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
