package io.creditrollover.remote;

/**
 * A partition claimed by one worker.
 *
 * @param number greater than in earlier claims; those cannot commit
 * @param token the manager's fencing token
 */
record Claim(long stepExecutionId, long number, long runId, long token) {}
