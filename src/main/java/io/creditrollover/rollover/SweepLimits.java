package io.creditrollover.rollover;

import java.time.Duration;

/**
 * Bounds of a sweep.
 *
 * @param chunkSize users decided in one transaction
 * @param busyWait how long a sweep waits for rows that the host holds
 * @param maxRefused how many users of a run the host's database may refuse; more of them stop the run
 */
record SweepLimits(int chunkSize, Duration busyWait, long maxRefused) {}
