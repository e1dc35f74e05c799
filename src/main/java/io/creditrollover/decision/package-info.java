/**
 * Who keeps credits and who loses them, as a pure function: no clock, no SQL, no framework. One record of facts goes in
 * ({@link io.creditrollover.decision.UserCredits}), one verdict comes out.
 *
 * <p>Invariants: no credit is created; credits bought at or after the cut-off are never taken; doubt never takes
 * anything; deciding twice on the same facts gives the same verdict.
 */
@NullMarked
package io.creditrollover.decision;

import org.jspecify.annotations.NullMarked;
