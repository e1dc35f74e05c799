/**
 * The rollover decision as a pure function: no clock, no SQL, no framework. Input is one {@link
 * io.creditrollover.decision.UserCredits}, output one {@link io.creditrollover.decision.Verdict}.
 *
 * <p>Invariants: no decision creates credits. Credits bought at or after the cut-off never expire. An undecidable user
 * loses nothing. Equal facts give equal verdicts.
 */
@NullMarked
package io.creditrollover.decision;

import org.jspecify.annotations.NullMarked;
