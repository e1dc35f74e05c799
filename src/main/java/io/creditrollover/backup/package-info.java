/**
 * The copy of what a run will change, made before its first write: {@link io.creditrollover.backup.Backup} is the way in.
 * By {@code pg_dump} where one fits, else by COPY; both under a temporary name until they are whole.
 */
@NullMarked
package io.creditrollover.backup;

import org.jspecify.annotations.NullMarked;
