package io.creditrollover.remote;

/** The range went to another worker, or its run has ended: what was about to be committed is rolled back. */
final class ClaimLostException extends RuntimeException {
    ClaimLostException(Claim claim) {
        super("range " + claim.stepExecutionId() + " of run " + claim.runId() + " is no longer claimed under number "
                + claim.number());
    }
}
