package io.creditrollover.rollover;

import java.time.Duration;

/**
 * Bounds of a sweep.
 *
 * @param chunkSize users decided in one transaction
 * @param busyWait how long a sweep waits for rows that the host holds
 */
record SweepLimits(int chunkSize, Duration busyWait) {}
