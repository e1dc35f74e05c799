package io.creditrollover.rollover;

import io.creditrollover.decision.RolloverPolicy;
import io.creditrollover.lease.ChunkGuard;
import io.creditrollover.lease.StopSignal;

/**
 * What an attempt is asked to do.
 *
 * @param runId the run whose events are written
 * @param dryRun whether decisions are only recorded apart
 * @param policy the rules of the month
 * @param guard with which each writing transaction begins
 * @param signal after which no chunk begins
 */
public record RolloverOrder(long runId, boolean dryRun, RolloverPolicy policy, ChunkGuard guard, StopSignal signal) {}
