/**
 * A run's life: who may start it, under which rules, what stops it, how it goes on after a fault, and when it may be
 * called complete. {@link io.creditrollover.run.RolloverService} is the way in.
 *
 * <p>A run is a row of {@code credit_rollover_runs} and one Spring Batch job instance; each attempt at it is a job
 * execution. The steps: preflight, backup where asked for, rollover, sweep, reconcile, report.
 */
@NullMarked
package io.creditrollover.run;

import org.jspecify.annotations.NullMarked;
