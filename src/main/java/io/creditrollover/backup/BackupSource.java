package io.creditrollover.backup;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Facts about the database before a backup.
 *
 * @param pooled whether a pooler is in between
 * @param tables changed by a run, {@code users} first
 * @param sequences the readable ones outside columns
 * @param obstacle why {@code pg_dump} cannot read everything, as a clause; null if it can
 */
record BackupSource(
        String database,
        String serverVersion,
        int serverMajor,
        Instant now,
        boolean pooled,
        List<Table> tables,
        List<String> sequences,
        @Nullable String obstacle) {

    /**
     * A table and its readable part.
     *
     * @param qualified with its schema, quoted
     * @param columns readable and writable ones, in the table's order
     * @param omitted names of unreadable columns
     * @param primaryKey its definition; null for none
     */
    record Table(
            String name,
            String qualified,
            List<Column> columns,
            List<String> omitted,
            @Nullable String primaryKey) {}

    /**
     * @param quoted its name, quoted if needed
     * @param type {@code text} for a type of the host
     * @param required whether null is refused
     * @param identity whether the database generates its numbers
     */
    record Column(String quoted, String type, boolean required, boolean identity) {}
}
