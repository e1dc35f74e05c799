/**
 * The admin's room: the API under {@code /admin}, the dashboard under {@code /}, and the schedule. What is started here
 * goes the same way as from the command line, through {@link io.creditrollover.run.RolloverService} and
 * {@link io.creditrollover.run.UndoService}, in threads of its own. All of it exists in {@code serve} only; see
 * {@link io.creditrollover.admin.OnlyWhenServing}.
 */
@NullMarked
package io.creditrollover.admin;

import org.jspecify.annotations.NullMarked;
