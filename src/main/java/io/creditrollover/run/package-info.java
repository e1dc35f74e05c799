/**
 * Starts, blocks, resumes and completes runs. Entry points: {@link io.creditrollover.run.RolloverService},
 * {@link io.creditrollover.run.UndoService}.
 *
 * <p>A run is a row of {@code credit_rollover_runs} and a Spring Batch job instance; each attempt is a job execution.
 * Steps: preflight, backup if enabled, rollover, sweep, reconcile, report.
 */
@NullMarked
package io.creditrollover.run;

import org.jspecify.annotations.NullMarked;
