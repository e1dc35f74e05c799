package io.creditrollover.admin;

import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;

/**
 * Who asks.
 *
 * @param name as logged in
 * @param address where from
 */
record Actor(String name, String address) {
    /** The schedule inside {@code serve}. */
    static final Actor SCHEDULE = new Actor("schedule", "-");

    static Actor of(HttpServletRequest request) {
        Principal principal = request.getUserPrincipal();
        return new Actor(principal == null ? "nobody" : principal.getName(), request.getRemoteAddr());
    }

    /** Returns how runs and leases name them. */
    String asRequester() {
        return name + " via serve";
    }
}
