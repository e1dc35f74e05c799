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
 * @param workers who works through the ranges
 * @param watch looks at each chunk before its commit
 */
public record RolloverOrder(
        long runId,
        boolean dryRun,
        RolloverPolicy policy,
        ChunkGuard guard,
        StopSignal signal,
        RangeWorkers workers,
        ChunkWatch watch) {
    /** An order for the threads of this process, whose chunks nobody looks at. */
    public RolloverOrder(long runId, boolean dryRun, RolloverPolicy policy, ChunkGuard guard, StopSignal signal) {
        this(runId, dryRun, policy, guard, signal, RangeWorkers.HERE, ChunkWatch.NONE);
    }
}
