package io.creditrollover.run;

/**
 * The approval of one attempt.
 *
 * @param given true if the attempt has its own approval
 * @param planned true if the attempt names a dry run to carry out
 */
record AttemptApproval(boolean given, boolean planned) {}
