package io.creditrollover.report;

/**
 * Forecast before a run's first write.
 *
 * @param usersExpired users expected to lose credits by expiry
 * @param creditsExpired caps included
 */
public record Expected(long usersExpired, long creditsExpired) {}
