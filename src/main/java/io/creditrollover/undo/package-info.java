/**
 * The same road backwards: events that took credits go in, reversals come out. What was taken is added to the balance of
 * today, never set, so what was spent or bought since is kept. Each event is given back at most once, which the database
 * enforces; where a killed undo had got to stands in the reversals themselves.
 */
@NullMarked
package io.creditrollover.undo;

import org.jspecify.annotations.NullMarked;
