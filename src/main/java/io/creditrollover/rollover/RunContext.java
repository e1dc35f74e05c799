package io.creditrollover.rollover;

import io.creditrollover.decision.RolloverPolicy;
import io.creditrollover.lease.FencingGuard;
import io.creditrollover.lease.StopSignal;

/**
 * The input of an attempt.
 *
 * @param runId the run
 * @param dryRun whether decisions go to their own table and balances stay unchanged
 * @param policy the policy of the month
 * @param guard called at the start of each writing transaction
 * @param signal ends the attempt before the next chunk
 * @param workers chooses local or remote execution of partitions
 * @param watch checks each chunk before its commit
 */
public record RunContext(
        long runId,
        boolean dryRun,
        RolloverPolicy policy,
        FencingGuard guard,
        StopSignal signal,
        PartitionHandlerFactory workers,
        ChunkWatch watch) {
    /** Creates a context for local threads, without a chunk watch. */
    public RunContext(long runId, boolean dryRun, RolloverPolicy policy, FencingGuard guard, StopSignal signal) {
        this(runId, dryRun, policy, guard, signal, PartitionHandlerFactory.LOCAL, ChunkWatch.NONE);
    }
}
