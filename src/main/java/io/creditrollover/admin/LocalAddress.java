package io.creditrollover.admin;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Addresses of pages of this console, to return to after a login. Never one of another site. */
final class LocalAddress {
    private static final int MAX_LENGTH = 500;

    private LocalAddress() {}

    /** Returns the path and query; null unless it is a page of this console. */
    static @Nullable String of(@Nullable String given) {
        if (given == null || given.length() > MAX_LENGTH || !given.matches("/(?![/\\\\])[A-Za-z0-9/_.~?&=%+-]*")) {
            return null;
        }
        boolean noPage = given.startsWith("/login") || given.startsWith("/logout") || given.startsWith("/admin");
        return noPage ? null : given;
    }

    /** Returns the page of a GET. */
    static @Nullable String of(HttpServletRequest request) {
        String query = request.getQueryString();
        return of(request.getRequestURI() + (query == null ? "" : "?" + query));
    }

    /** Returns the page that a browser names as an absolute address of this server. */
    static @Nullable String of(@Nullable String absolute, HttpServletRequest request) {
        if (absolute == null) {
            return null;
        }
        try {
            URI uri = URI.create(absolute);
            boolean own = uri.getHost() != null && uri.getHost().equalsIgnoreCase(request.getServerName());
            String query = uri.getRawQuery();
            return own ? of(uri.getRawPath() + (query == null ? "" : "?" + query)) : null;
        } catch (IllegalArgumentException noAddress) {
            return null;
        }
    }
}
