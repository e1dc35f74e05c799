package io.creditrollover.rollover;

import io.creditrollover.decision.RolloverPolicy;
import io.creditrollover.lease.FencingGuard;
import io.creditrollover.lease.StopSignal;

/**
 * The input of an attempt.
 *
 * @param dryRun stores decisions only; balances stay
 * @param guard locks the token in each writing transaction
 * @param signal prevents further chunks
 * @param workers chooses where partitions execute
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
    public RunContext(long runId, boolean dryRun, RolloverPolicy policy, FencingGuard guard, StopSignal signal) {
        this(runId, dryRun, policy, guard, signal, PartitionHandlerFactory.LOCAL, ChunkWatch.NONE);
    }
}
