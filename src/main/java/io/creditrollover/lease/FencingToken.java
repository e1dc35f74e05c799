package io.creditrollover.lease;

/**
 * The number of a lease holder.
 *
 * @param name the lease
 * @param value greater than any earlier holder's
 */
public record FencingToken(String name, long value) {}
