package io.creditrollover.admin;

import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/** Reserves each attempt before hashing; writes failures to the audit. */
final class PasswordLogins implements AuthenticationProvider {
    private final AuthenticationProvider passwords;
    private final LoginThrottle delays;
    private final Refusals refusals;

    PasswordLogins(AuthenticationProvider passwords, LoginThrottle delays, Refusals refusals) {
        this.passwords = passwords;
        this.delays = delays;
        this.refusals = refusals;
    }

    @Override
    public @Nullable Authentication authenticate(Authentication given) throws AuthenticationException {
        String address = given.getDetails() instanceof WebAuthenticationDetails details
                ? String.valueOf(details.getRemoteAddress())
                : "unknown";
        LoginThrottle.Attempt attempt = delays.reserve(given.getName(), address);
        boolean settled = false;
        try {
            @Nullable Authentication authenticated = passwords.authenticate(given);
            settled = true;
            attempt.succeeded();
            return authenticated;
        } catch (BadCredentialsException wrong) {
            settled = true;
            attempt.failed();
            refusals.note(new Actor(given.getName(), address), "login", "console", "wrong name or password");
            throw wrong;
        } finally {
            if (!settled) {
                attempt.abandoned();
            }
        }
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return passwords.supports(authentication);
    }
}
