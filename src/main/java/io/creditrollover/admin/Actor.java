package io.creditrollover.admin;

import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;

/** The person, token or schedule behind an action. {@code address} is a dash for the schedule. */
record Actor(String name, String address) {
    static final Actor SCHEDULE = new Actor("schedule", "-");

    static Actor of(HttpServletRequest request) {
        Principal principal = request.getUserPrincipal();
        return new Actor(principal == null ? "nobody" : principal.getName(), request.getRemoteAddr());
    }

    /** Returns the requester in runs and leases. */
    String asRequester() {
        return name + " via serve";
    }
}
