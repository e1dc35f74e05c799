package io.creditrollover.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.TestApplication;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.OidcUserAuthority;

/** Logging in at a company's provider, and what its claims let somebody do. */
class SingleSignOnTest {
    @Test
    void anOperatorOfTheProviderMayRunAViewerMayLookAndAnyoneElseIsToldWhatToDo() throws Exception {
        TestDatabase database = TestDatabase.migrated();
        HostFixture.in(database).aLapsedUser();
        try (IdentityProvider provider = new IdentityProvider();
                TestApplication server = TestApplication.serving(database, reachable(provider))) {
            ApiClient stranger = new ApiClient(server.port());
            assertThat(stranger.get("/login").body()).contains("/oauth2/authorization/company");
            assertThat(stranger.as("admin", "").get("/admin/rollovers").status())
                    .isEqualTo(401);

            assertThat(stranger.get("/oauth2/authorization/company").cookies())
                    .noneMatch(cookie -> cookie.startsWith("CREDIT_ROLLOVER="));
            assertThat(database.count("select count(*) from credit_rollover_sessions"))
                    .isZero();

            provider.expect("asha@example", Map.of("groups", List.of("staff", "credit-rollover-operator")));
            ApiClient operator = logIn(provider, stranger);
            ApiClient.Answer begun = start(operator);
            assertThat(begun.header("Location")).contains("/runs/");
            assertThat(operator.awaitEnd("/admin/rollovers/1")
                            .path("requestedBy")
                            .asString())
                    .isEqualTo("asha@example via serve");

            provider.expect("vikram@example", Map.of("roles", List.of("credit-rollover-viewer")));
            ApiClient viewer = logIn(provider, stranger);
            assertThat(viewer.get("/admin/rollovers").status()).isEqualTo(200);
            assertThat(viewer.get("/").body()).contains("vikram@example").doesNotContain("Start a dry run");
            assertThat(start(viewer).status()).isEqualTo(403);

            provider.expect("nobody@example", Map.of("groups", List.of("staff")));
            ApiClient nobody = logIn(provider, stranger);
            assertThat(nobody.get("/admin/rollovers").status()).isEqualTo(403);
            assertThat(nobody.with("Accept", "text/html").get("/"))
                    .returns(403, ApiClient.Answer::status)
                    .satisfies(page -> assertThat(page.body())
                            .contains("nobody@example", "credit-rollover-viewer", "credit-rollover-operator", "Log out")
                            .doesNotContain("Your role does not allow this"));
            assertThat(database.count("select count(*) from credit_rollover_runs"))
                    .isEqualTo(1);
        }
    }

    @Test
    void aTokenThatTheProviderDidNotSignLetsNobodyIn() throws Exception {
        try (IdentityProvider provider = new IdentityProvider();
                TestApplication server = TestApplication.serving(TestDatabase.migrated(), reachable(provider))) {
            provider.expect("mallory@example", Map.of("groups", List.of("credit-rollover-operator")));
            provider.signWithAnotherKey();
            ApiClient browser = new ApiClient(server.port()).browsing();
            ApiClient.Answer sent = browser.get("/oauth2/authorization/company");

            ApiClient.Answer back = browser.get(address(provider.pass(URI.create(sent.header("Location")))));

            assertThat(back.header("Location")).endsWith("/login?refused");
            assertThat(browser.get("/login?refused").body()).contains("Your company's login was rejected");
            assertThat(browser.get("/admin/rollovers").status()).isEqualTo(401);
        }
    }

    /** No password is set, and others can reach it: somebody else says who people are. */
    private static String[] reachable(IdentityProvider provider) {
        return Stream.concat(Stream.of("server.address=0.0.0.0"), Stream.of(provider.properties()))
                .toArray(String[]::new);
    }

    private static ApiClient logIn(IdentityProvider provider, ApiClient stranger) throws Exception {
        ApiClient browser = stranger.browsing();
        ApiClient.Answer sent = browser.get("/oauth2/authorization/company");
        URI back = provider.pass(URI.create(sent.header("Location")));
        ApiClient.Answer in = browser.get(address(back));
        assertThat(in.header("Location")).doesNotContain("login");
        return browser;
    }

    /** Presses "Start a dry run", or what would be it, with the token of the page. */
    private static ApiClient.Answer start(ApiClient browser) {
        return browser.postForm(
                "/runs", "what=dry-run&_csrf=" + browser.get("/").token());
    }

    private static String address(URI there) {
        return there.getRawPath() + "?" + there.getRawQuery();
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
}
