package io.creditrollover.lease;

/**
 * The number under which a holder works; each takeover draws a greater one.
 *
 * @param name the lease
 * @param value greater than that of any holder before
 */
public record FencingToken(String name, long value) {}
