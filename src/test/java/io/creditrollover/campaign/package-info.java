/**
 * The proofs of a release on one build: {@code src/test/campaign/run.sh} runs them in pieces, {@code src/test/mutants/run.sh}
 * breaks each guarantee.
 */
@NullMarked
package io.creditrollover.campaign;

import org.jspecify.annotations.NullMarked;
