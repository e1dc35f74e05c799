package io.creditrollover.admin;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.web.util.WebUtils;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps a provider login's state in a cookie: before login the server stores nothing. The provider's address comes from
 * the configuration, never from the cookie.
 */
final class LoginRequests implements AuthorizationRequestRepository<OAuth2AuthorizationRequest> {
    static final String COOKIE = "CREDIT_ROLLOVER_LOGIN";

    private static final int SECONDS = 300;

    private final ClientRegistrationRepository registrations;

    LoginRequests(ClientRegistrationRepository registrations) {
        this.registrations = registrations;
    }

    private record Remembered(
            String registration,
            String state,
            String redirectUri,
            Map<String, String> attributes,
            Map<String, String> parameters) {}

    @Override
    public @Nullable OAuth2AuthorizationRequest loadAuthorizationRequest(HttpServletRequest request) {
        Cookie cookie = WebUtils.getCookie(request, COOKIE);
        if (cookie == null) {
            return null;
        }
        try {
            byte[] json = Base64.getUrlDecoder().decode(cookie.getValue());
            Remembered remembered =
                    JsonMapper.shared().readValue(new String(json, StandardCharsets.UTF_8), Remembered.class);
            boolean mine = remembered.state().equals(request.getParameter(OAuth2ParameterNames.STATE));
            return mine ? request(remembered) : null;
        } catch (JacksonException | IllegalArgumentException | NullPointerException notOurs) {
            return null;
        }
    }

    private @Nullable OAuth2AuthorizationRequest request(Remembered remembered) {
        ClientRegistration client = registrations.findByRegistrationId(remembered.registration());
        if (client == null) {
            return null;
        }
        return OAuth2AuthorizationRequest.authorizationCode()
                .authorizationUri(client.getProviderDetails().getAuthorizationUri())
                .clientId(client.getClientId())
                .redirectUri(remembered.redirectUri())
                .scopes(client.getScopes())
                .state(remembered.state())
                .attributes(attributes -> attributes.putAll(remembered.attributes()))
                .additionalParameters(parameters -> parameters.putAll(remembered.parameters()))
                .build();
    }

    @Override
    public void saveAuthorizationRequest(
            @Nullable OAuth2AuthorizationRequest login, HttpServletRequest request, HttpServletResponse response) {
        if (login == null) {
            add(response, request, "", 0);
            return;
        }
        Remembered remembered = new Remembered(
                login.<String>getAttribute(OAuth2ParameterNames.REGISTRATION_ID),
                String.valueOf(login.getState()),
                String.valueOf(login.getRedirectUri()),
                strings(login.getAttributes()),
                strings(login.getAdditionalParameters()));
        byte[] json = JsonMapper.shared().writeValueAsString(remembered).getBytes(StandardCharsets.UTF_8);
        add(response, request, Base64.getUrlEncoder().withoutPadding().encodeToString(json), SECONDS);
    }

    private static Map<String, String> strings(Map<String, Object> values) {
        Map<String, String> strings = new HashMap<>();
        values.forEach((name, value) -> strings.put(name, String.valueOf(value)));
        return strings;
    }

    @Override
    public @Nullable OAuth2AuthorizationRequest removeAuthorizationRequest(
            HttpServletRequest request, HttpServletResponse response) {
        OAuth2AuthorizationRequest login = loadAuthorizationRequest(request);
        if (login != null) {
            add(response, request, "", 0);
        }
        return login;
    }

    /** Lax: the browser returns from another site. */
    private static void add(HttpServletResponse response, HttpServletRequest request, String value, int seconds) {
        ResponseCookie cookie = ResponseCookie.from(COOKIE, value)
                .httpOnly(true)
                .secure(request.isSecure())
                .sameSite("Lax")
                .path("/")
                .maxAge(seconds)
                .build();
        response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
    }
}
