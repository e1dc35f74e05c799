package io.creditrollover.host;

/**
 * A change of a user's balance.
 *
 * @param before credits under the row lock
 * @param after credits after the update
 */
public record BalanceChange(long userId, long before, long after) {}
