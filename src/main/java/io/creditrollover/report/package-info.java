/**
 * What people get to see of a run: figures read by SQL from events and payments, never from memory, so that they are the
 * same after a restart; and their renderings: terminal, CSV, one HTML page. Each figure's meaning stands beside its SQL
 * and is shown where the figure is shown. {@link io.creditrollover.report.Figures} is the way in.
 */
@NullMarked
package io.creditrollover.report;

import org.jspecify.annotations.NullMarked;
