package io.creditrollover.remote;

/** A partition claimed by one worker. Claims with lower numbers cannot commit. */
record Claim(long stepExecutionId, long number, long runId, long token) {}
