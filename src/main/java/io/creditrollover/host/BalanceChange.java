package io.creditrollover.host;

/**
 * A user's balance, as it is under the lock of its row and as it should become.
 *
 * @param before credits now
 * @param after credits wanted
 */
public record BalanceChange(long userId, long before, long after) {}
