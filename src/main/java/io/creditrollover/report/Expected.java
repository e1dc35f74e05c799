package io.creditrollover.report;

/**
 * A run's forecast, computed before its first write.
 *
 * @param usersExpired users expected to lose credits by expiry
 * @param creditsExpired caps included
 */
public record Expected(long usersExpired, long creditsExpired) {}
