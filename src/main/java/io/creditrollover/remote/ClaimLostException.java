package io.creditrollover.remote;

/** Another worker has the partition, or its run has ended. The current transaction rolls back. */
final class ClaimLostException extends RuntimeException {
    ClaimLostException(Claim claim) {
        super("partition " + claim.stepExecutionId() + " of run " + claim.runId()
                + " is no longer claimed under number " + claim.number());
    }
}
