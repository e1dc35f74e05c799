package io.creditrollover.rollover;

import java.time.Duration;

/**
 * Limits of a sweep.
 *
 * @param chunkSize users per transaction
 * @param busyWait maximum wait for rows locked by the host
 * @param maxRefused maximum of refused users in a run; above it the run stops
 */
record SweepLimits(int chunkSize, Duration busyWait, long maxRefused) {}
