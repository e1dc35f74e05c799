/**
 * The second look: decides expiries again by today's payments, and lists users whose purchases were not counted. Reads and
 * writes by the way of {@link io.creditrollover.undo}.
 */
@NullMarked
package io.creditrollover.reinstate;

import org.jspecify.annotations.NullMarked;
