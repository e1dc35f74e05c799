/**
 * Undo: reads events with expired credits and appends reversals. Adds to the current balance instead of setting it, so
 * later purchases and spending remain. A unique index allows one reversal per event. A killed undo resumes from the
 * reversals themselves.
 */
@NullMarked
package io.creditrollover.undo;

import org.jspecify.annotations.NullMarked;
