package io.creditrollover.admin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.csrf.CsrfException;
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

    /**
     * Sends a person without a session to the login, and afterwards back to the page. A part of a page moves the whole
     * page; a stream of progress just ends.
     */
    void unauthenticatedPage(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        if (accept != null && accept.startsWith(MediaType.TEXT_EVENT_STREAM_VALUE)) {
            response.setStatus(HttpStatus.UNAUTHORIZED.value());
        } else if (request.getHeader("HX-Request") != null) {
            response.setHeader(
                    "HX-Redirect", login(LocalAddress.of(request.getHeader("HX-Current-URL"), request), true));
            response.setStatus(HttpStatus.UNAUTHORIZED.value());
        } else {
            boolean read = request.getMethod().equals("GET");
            boolean over = !read || request.getRequestedSessionId() != null;
            response.sendRedirect(login(read ? LocalAddress.of(request) : referrer(request), over));
        }
    }

    /** An outdated CSRF token means another login in between, not a missing right. */
    void deniedByPage(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied)
            throws IOException {
        if (!isLoggedIn()) {
            if (request.getRequestedSessionId() == null) {
                response.sendError(HttpStatus.FORBIDDEN.value());
            } else {
                unauthenticatedPage(request, response, new UnauthenticatedException());
            }
            return;
        }
        note(request);
        String from = referrer(request);
        if (denied instanceof CsrfException && from != null) {
            request.setAttribute("staleFrom", from);
        }
        response.sendError(HttpStatus.FORBIDDEN.value());
    }

    private static @Nullable String referrer(HttpServletRequest request) {
        return LocalAddress.of(request.getHeader(HttpHeaders.REFERER), request);
    }

    private static String login(@Nullable String next, boolean over) {
        String back = next == null || next.equals("/") ? "" : "next=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
        String why = over ? "over" : "";
        String query = why + (why.isEmpty() || back.isEmpty() ? "" : "&") + back;
        return "/login" + (query.isEmpty() ? "" : "?" + query);
    }

    void loggedIn(HttpServletRequest request, HttpServletResponse response, Authentication login) throws IOException {
        String next = LocalAddress.of(request.getParameter("next"));
        response.sendRedirect(next == null ? "/" : next);
    }

    void loginFailed(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        String why = failure instanceof LoginDelayedException delayed ? "wait=" + delayed.seconds() : "error";
        String next = LocalAddress.of(request.getParameter("next"));
        String back = next == null ? "" : "&next=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
        response.sendRedirect("/login?" + why + back);
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
