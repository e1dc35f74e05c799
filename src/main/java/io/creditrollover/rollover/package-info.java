/**
 * The way of a user row: {@link io.creditrollover.rollover.CandidateReader} reads a page of users in scope with what their
 * payments say, {@link io.creditrollover.rollover.CandidateProcessor} decides,
 * {@link io.creditrollover.rollover.DecisionWriter} updates balances and appends events. A chunk is one transaction over
 * all of it and the restart position; it holds the fencing token and the rows it writes to its commit, and never waits
 * for a row. Rows that the host holds, and users whose money is under way, are left to
 * {@link io.creditrollover.rollover.Sweep}.
 */
@NullMarked
package io.creditrollover.rollover;

import org.jspecify.annotations.NullMarked;
