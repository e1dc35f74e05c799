/**
 * Decides users in chunks: {@link io.creditrollover.rollover.CandidateReader} reads users and payments, {@link
 * io.creditrollover.rollover.CandidateProcessor} decides, {@link io.creditrollover.rollover.DecisionWriter} writes. A
 * chunk and its restart position are one transaction. It locks the fencing token and its rows, and never waits for a
 * row. {@link io.creditrollover.rollover.Sweep} decides locked and postponed users.
 */
@NullMarked
package io.creditrollover.rollover;

import org.jspecify.annotations.NullMarked;
