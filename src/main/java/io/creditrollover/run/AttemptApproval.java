package io.creditrollover.run;

/**
 * What an attempt brings along.
 *
 * @param given whether it carries an approval of its own
 * @param planned whether it names the dry run that it carries out
 */
record AttemptApproval(boolean given, boolean planned) {}
