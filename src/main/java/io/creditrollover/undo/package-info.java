/**
 * The way back, for undo and reinstatement alike: read events with expired credits, review how much to add back, lock,
 * review again, add and append. This package holds that way and the undo, whose review is "all that is missing"; {@code
 * reinstate} holds the review of the second look, which decides again by {@link io.creditrollover.decision.RolloverPolicy}.
 *
 * <p>Adds to the current balance, so later purchases and spending remain. A unique index allows one reversal and one
 * reinstatement per event. A killed undo resumes from the reversals; a killed reinstatement starts anew.
 */
@NullMarked
package io.creditrollover.undo;

import org.jspecify.annotations.NullMarked;
