package io.creditrollover.admin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/** Answers without creating a session. */
@OnlyWhenServing
@Component
class LoginAnswers {
    private final Refusals refusals;

    LoginAnswers(Refusals refusals) {
        this.refusals = refusals;
    }

    /** A page of another site cannot add such credentials. */
    static boolean hasCredentials(HttpServletRequest request) {
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        return BearerTokens.isIn(request)
                || (authorization != null && authorization.regionMatches(true, 0, "Basic ", 0, 6));
    }

    /** Answers 401, or 429 if a login delay applies. */
    void unauthenticated(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        if (failure instanceof LoginDelayedException delayed) {
            response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(delayed.seconds()));
            ProblemDetails.write(
                    response,
                    HttpStatus.TOO_MANY_REQUESTS,
                    "Too many wrong passwords came from your address or for this name. Try again in "
                            + delayed.seconds() + " seconds.");
            return;
        }
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"credit-rollover\", charset=\"UTF-8\"");
        ProblemDetails.write(
                response, HttpStatus.UNAUTHORIZED, "Log in with HTTP Basic, a token, or on the login page.");
    }

    /** CSRF is checked before authentication; answers 401 if not logged in, else 403. */
    void deniedByApi(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied)
            throws IOException {
        if (!isLoggedIn()) {
            unauthenticated(request, response, new UnauthenticatedException());
            return;
        }
        note(request);
        ProblemDetails.write(
                response,
                HttpStatus.FORBIDDEN,
                "Your role does not allow this, or the session's CSRF token is missing.");
    }

    void deniedByPage(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied)
            throws IOException {
        if (isLoggedIn()) {
            note(request);
        }
        response.sendError(HttpStatus.FORBIDDEN.value());
    }

    void loginFailed(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        String why = failure instanceof LoginDelayedException delayed ? "wait=" + delayed.seconds() : "error";
        response.sendRedirect("/login?" + why);
    }

    private void note(HttpServletRequest request) {
        refusals.note(
                Actor.of(request),
                "request",
                request.getMethod() + " " + request.getRequestURI(),
                "role too low, or no CSRF token");
    }

    private static boolean isLoggedIn() {
        Authentication known = SecurityContextHolder.getContext().getAuthentication();
        return known != null && known.isAuthenticated() && !(known instanceof AnonymousAuthenticationToken);
    }

    private static final class UnauthenticatedException extends AuthenticationException {
        private static final long serialVersionUID = 1;

        UnauthenticatedException() {
            super("not logged in");
        }
    }
}
