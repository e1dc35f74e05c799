package io.creditrollover.run;

/** The approval of one attempt. {@code planned} means that it names a dry run to carry out. */
record AttemptApproval(boolean given, boolean planned) {}
