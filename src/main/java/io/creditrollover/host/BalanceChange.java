package io.creditrollover.host;

/** A change of a balance from {@code before}, read under the row lock, to {@code after}. */
public record BalanceChange(long userId, long before, long after) {}
