package io.creditrollover.admin;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Turns away, before anything is looked up: bodies that are too large, changes that another site's page asks for, and
 * logins from an address that has to wait.
 */
final class RequestGuard extends OncePerRequestFilter {
    private static final long MOST_BODY_BYTES = 64 * 1024;
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    private final LoginDelays delays;

    RequestGuard(LoginDelays delays) {
        this.delays = delays;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Duration wait = isLogin(request) ? delays.remaining(request.getRemoteAddr()) : Duration.ZERO;
        if (request.getContentLengthLong() > MOST_BODY_BYTES) {
            refuse(response, HttpStatus.CONTENT_TOO_LARGE, "A body has at most " + MOST_BODY_BYTES + " bytes.");
        } else if (request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null) {
            refuse(response, HttpStatus.LENGTH_REQUIRED, "A body needs a Content-Length.");
        } else if (!SAFE.contains(request.getMethod()) && isForeign(request)) {
            refuse(response, HttpStatus.FORBIDDEN, "This request came from a page of another site.");
        } else if (!wait.isZero()) {
            makeWait(request, response, wait.toSeconds() + 1);
        } else {
            chain.doFilter(request, response);
        }
    }

    private static void makeWait(HttpServletRequest request, HttpServletResponse response, long seconds)
            throws IOException {
        if (request.getServletPath().equals("/login")) {
            response.sendRedirect("/login?wait=" + seconds);
            return;
        }
        response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(seconds));
        refuse(
                response,
                HttpStatus.TOO_MANY_REQUESTS,
                "Too many wrong passwords came from your address; try again in " + seconds + " seconds.");
    }

    private static void refuse(HttpServletResponse response, HttpStatus status, String sentence) throws IOException {
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        Problems.write(response, status, sentence);
    }

    private static boolean isLogin(HttpServletRequest request) {
        return request.getHeader(HttpHeaders.AUTHORIZATION) != null
                || (request.getMethod().equals("POST")
                        && request.getServletPath().equals("/login"));
    }

    /** Browsers say where a request comes from; other programs say nothing and carry no cookies by themselves. */
    private static boolean isForeign(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            return true;
        }
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        return origin != null && !isOwn(origin, request.getHeader(HttpHeaders.HOST), request);
    }

    private static boolean isOwn(String origin, @Nullable String host, HttpServletRequest request) {
        try {
            String authority = URI.create(origin).getAuthority();
            String own = request.getServerName() + ":" + request.getServerPort();
            return authority != null && (same(authority, host) || same(withPort(origin), own));
        } catch (IllegalArgumentException noAddress) {
            return false;
        }
    }

    private static String withPort(String origin) {
        URI uri = URI.create(origin);
        int port = uri.getPort() >= 0 ? uri.getPort() : "https".equals(uri.getScheme()) ? 443 : 80;
        return uri.getHost() + ":" + port;
    }

    private static boolean same(String one, @Nullable String other) {
        return other != null && one.toLowerCase(Locale.ROOT).equals(other.toLowerCase(Locale.ROOT));
    }
}
