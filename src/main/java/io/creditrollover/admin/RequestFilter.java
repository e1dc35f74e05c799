package io.creditrollover.admin;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/** Rejects changes from pages of other sites, before any lookup. */
final class RequestFilter extends OncePerRequestFilter {
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        // On the management port no other filter marks the thread.
        ConnectionPools.workForPages();
        if (!SAFE.contains(request.getMethod()) && isForeign(request)) {
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            ProblemDetails.write(response, HttpStatus.FORBIDDEN, "This request came from a page of another site.");
        } else {
            chain.doFilter(request, response);
        }
    }

    /** Browsers send their origin. Other programs send none, and no cookies by themselves. */
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
