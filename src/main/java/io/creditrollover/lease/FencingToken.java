package io.creditrollover.lease;

/** The number of a lease holder, greater than any earlier holder's. */
public record FencingToken(String name, long value) {}
