package io.creditrollover.admin;

/** A viewer reads; an operator also starts, stops and undoes. */
final class Roles {
    static final String VIEWER = "VIEWER";
    static final String OPERATOR = "OPERATOR";

    private Roles() {}
}
