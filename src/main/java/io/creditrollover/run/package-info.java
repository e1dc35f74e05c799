/**
 * Starts, blocks, resumes and completes runs. The entry points are {@link io.creditrollover.run.RolloverService} and
 * {@link io.creditrollover.run.UndoService}.
 *
 * <p>A run is a row of {@code credit_rollover_runs} and one Spring Batch job instance; each attempt is a job execution.
 * The steps: preflight, backup if enabled, rollover, sweep, reconcile, report.
 */
@NullMarked
package io.creditrollover.run;

import org.jspecify.annotations.NullMarked;
