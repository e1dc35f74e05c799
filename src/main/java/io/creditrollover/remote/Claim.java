package io.creditrollover.remote;

/**
 * A partition claimed by one worker.
 *
 * @param stepExecutionId Spring Batch's step execution of the partition
 * @param number greater than in any earlier claim of the partition; an earlier claim cannot commit
 * @param token the manager's fencing token
 */
record Claim(long stepExecutionId, long number, long runId, long token) {}
