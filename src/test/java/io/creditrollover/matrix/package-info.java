/**
 * Everything that can be wrong around the program, one case a row of {@code docs/matrix.md}: {@link
 * io.creditrollover.matrix.Row} is a row, a {@link io.creditrollover.matrix.DamageKind} knows how to break what its section is
 * about, a {@link io.creditrollover.matrix.BrokenSetup} is one thing broken.
 */
@org.jspecify.annotations.NullMarked
package io.creditrollover.matrix;
