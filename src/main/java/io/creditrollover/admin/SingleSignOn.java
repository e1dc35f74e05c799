package io.creditrollover.admin;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.core.oidc.user.OidcUserAuthority;
import org.springframework.stereotype.Component;

/**
 * OpenID Connect login, if Spring's properties configure a provider. The claim {@code roles} or {@code groups} grants
 * {@code credit-rollover-operator} or {@code credit-rollover-viewer}; without either, a user has no access.
 */
@OnlyWhenServing
@Component
class SingleSignOn {
    private static final Logger log = LoggerFactory.getLogger(SingleSignOn.class);
    private static final String PREFIX = "credit-rollover-";
    private static final List<String> CLAIMS = List.of("roles", "groups");
    private static final List<String> ROLES = List.of(Roles.VIEWER, Roles.OPERATOR);

    private final @Nullable ClientRegistrationRepository registrations;
    private final Refusals refusals;

    SingleSignOn(ObjectProvider<ClientRegistrationRepository> registrations, Refusals refusals) {
        this.registrations = registrations.getIfAvailable();
        this.refusals = refusals;
    }

    record Provider(String name, String address) {}

    List<Provider> providers() {
        List<Provider> providers = new ArrayList<>();
        if (registrations instanceof Iterable<?> all) {
            for (Object registration : all) {
                if (registration instanceof ClientRegistration client) {
                    providers.add(new Provider(
                            client.getClientName(), "/oauth2/authorization/" + client.getRegistrationId()));
                }
            }
        }
        return providers;
    }

    void allow(HttpSecurity http) throws Exception {
        if (registrations != null) {
            LoginRequests requests = new LoginRequests(registrations);
            http.oauth2Login(login -> login.loginPage("/login")
                    .defaultSuccessUrl("/", true)
                    .authorizationEndpoint(endpoint -> endpoint.authorizationRequestRepository(requests))
                    .failureHandler((request, response, failure) -> {
                        log.warn("A login with a provider did not succeed: {}", failure.getMessage());
                        refusals.note(
                                new Actor("unknown", request.getRemoteAddr()),
                                "login",
                                "console",
                                "the provider's answer was refused");
                        response.sendRedirect("/login?refused");
                    })
                    .userInfoEndpoint(user -> user.userAuthoritiesMapper(SingleSignOn::roles)));
        }
    }

    /** Returns only roles granted by the claims. */
    static Collection<GrantedAuthority> roles(Collection<? extends GrantedAuthority> authorities) {
        Set<GrantedAuthority> roles = new HashSet<>();
        for (GrantedAuthority authority : authorities) {
            if (authority instanceof OidcUserAuthority oidc) {
                add(oidc.getAttributes(), roles);
            }
        }
        return roles;
    }

    private static void add(Map<String, Object> claims, Set<GrantedAuthority> roles) {
        for (String claim : CLAIMS) {
            if (claims.get(claim) instanceof Collection<?> named) {
                ROLES.stream()
                        .filter(role -> named.contains(PREFIX + role.toLowerCase(java.util.Locale.ROOT)))
                        .forEach(role -> roles.add(new SimpleGrantedAuthority("ROLE_" + role)));
            }
        }
    }
}
