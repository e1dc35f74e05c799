/**
 * The backup before a run's first write; the entry point is {@link io.creditrollover.backup.Backup}. Uses
 * {@code pg_dump} if possible, else COPY. A file has a temporary name until it is complete.
 */
@NullMarked
package io.creditrollover.backup;

import org.jspecify.annotations.NullMarked;
