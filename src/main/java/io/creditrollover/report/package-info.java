/**
 * Reports on runs. SQL reads all figures from events and payments, never from memory, so a restart does not change
 * them. Each figure's meaning stands beside its SQL and is shown with the figure. Entry point:
 * {@link io.creditrollover.report.Figures}.
 */
@NullMarked
package io.creditrollover.report;

import org.jspecify.annotations.NullMarked;
