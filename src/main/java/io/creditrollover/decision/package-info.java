/**
 * The rollover decision as a pure function without clock, SQL or framework: {@link
 * io.creditrollover.decision.UserCredits} in, {@link io.creditrollover.decision.Verdict} out.
 *
 * <p>Invariants: credits are never created; credits bought at or after the cut-off never expire; an undecidable user
 * loses nothing; equal facts give equal verdicts.
 */
@NullMarked
package io.creditrollover.decision;

import org.jspecify.annotations.NullMarked;
