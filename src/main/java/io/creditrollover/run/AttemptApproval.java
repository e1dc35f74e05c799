package io.creditrollover.run;

/**
 * The approval of one attempt.
 *
 * @param given whether the attempt has its own approval
 * @param planned whether the attempt names a dry run to carry out
 */
record AttemptApproval(boolean given, boolean planned) {}
