package io.creditrollover.rollover;

import io.creditrollover.decision.RolloverPolicy;
import io.creditrollover.lease.FencingGuard;
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
public record RunContext(
        long runId,
        boolean dryRun,
        RolloverPolicy policy,
        FencingGuard guard,
        StopSignal signal,
        PartitionHandlerFactory workers,
        ChunkWatch watch) {
    /** An order for the threads of this process, whose chunks nobody looks at. */
    public RunContext(long runId, boolean dryRun, RolloverPolicy policy, FencingGuard guard, StopSignal signal) {
        this(runId, dryRun, policy, guard, signal, PartitionHandlerFactory.LOCAL, ChunkWatch.NONE);
    }
}
