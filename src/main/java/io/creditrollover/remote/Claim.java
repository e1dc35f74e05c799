package io.creditrollover.remote;

/**
 * A range in the hands of one worker.
 *
 * @param stepExecutionId Spring Batch's execution of the range
 * @param number greater than that of any worker before; whoever has a smaller one commits nothing
 * @param runId the run that the range belongs to
 * @param token the fencing token of its manager
 */
record Claim(long stepExecutionId, long number, long runId, long token) {}
