package io.creditrollover.admin;

import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;

/**
 * Who asks.
 *
 * @param name as logged in
 * @param address where from
 */
record Who(String name, String address) {
    /** The schedule inside {@code serve}. */
    static final Who SCHEDULE = new Who("schedule", "-");

    static Who of(HttpServletRequest request) {
        Principal principal = request.getUserPrincipal();
        return new Who(principal == null ? "nobody" : principal.getName(), request.getRemoteAddr());
    }

    /** Returns how runs and leases name them. */
    String asRequester() {
        return name + " via serve";
    }
}
