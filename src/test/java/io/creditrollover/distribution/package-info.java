/** Tests of the packaged distribution, in the phase {@code integration-test}. */
@NullMarked
package io.creditrollover.distribution;

import org.jspecify.annotations.NullMarked;
