/**
 * Undo: reads events with expired credits, appends reversals. Adds to the current balance, so later purchases and
 * spending remain. A unique index allows one reversal per event; a killed undo resumes from the reversals.
 */
@NullMarked
package io.creditrollover.undo;

import org.jspecify.annotations.NullMarked;
