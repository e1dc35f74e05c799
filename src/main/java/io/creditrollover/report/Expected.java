package io.creditrollover.report;

/**
 * What the forecast of a run expected, before its first write.
 *
 * @param usersExpired users who would lose credits by expiry
 * @param creditsExpired caps included
 */
public record Expected(long usersExpired, long creditsExpired) {}
