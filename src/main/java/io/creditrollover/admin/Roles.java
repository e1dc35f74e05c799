package io.creditrollover.admin;

/** What people may do: a viewer looks, an operator also starts, stops and undoes. */
final class Roles {
    static final String VIEWER = "VIEWER";
    static final String OPERATOR = "OPERATOR";

    private Roles() {}
}
