/** Makes the backup before a run's first write. Start at {@link io.creditrollover.backup.Backup}. */
@NullMarked
package io.creditrollover.backup;

import org.jspecify.annotations.NullMarked;
