package io.creditrollover.host;

/**
 * A change of a user's balance.
 *
 * @param before credits under the row lock
 * @param after credits wanted
 */
public record BalanceChange(long userId, long before, long after) {}
