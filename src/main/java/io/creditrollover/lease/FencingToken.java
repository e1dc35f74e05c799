package io.creditrollover.lease;

/**
 * The number of a lease holder; each takeover draws a greater one.
 *
 * @param name the lease
 * @param value greater than that of any earlier holder
 */
public record FencingToken(String name, long value) {}
