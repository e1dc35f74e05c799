/**
 * Reports on runs. SQL reads all figures from events and payments, never from memory, so a restart does not change
 * them. Those of an ended run are stored once ({@link io.creditrollover.report.FiguresStore}), so a later month does not
 * change them either. Each figure's meaning stands beside its SQL and is shown with the figure. Entry point:
 * {@link io.creditrollover.report.Figures}.
 */
@NullMarked
package io.creditrollover.report;

import org.jspecify.annotations.NullMarked;
