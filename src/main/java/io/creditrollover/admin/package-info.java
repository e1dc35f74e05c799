/**
 * The console of {@code serve}: API under {@code /admin}, pages under {@code /}, schedule. Uses the command line's
 * services, {@link io.creditrollover.run.RolloverService} and {@link io.creditrollover.run.UndoService}, in separate
 * threads. Beans exist in {@code serve} only: {@link io.creditrollover.admin.OnlyWhenServing}.
 */
@NullMarked
package io.creditrollover.admin;

import org.jspecify.annotations.NullMarked;
