package io.creditrollover.backup;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the database says of itself before a copy.
 *
 * @param database its name
 * @param serverVersion in words
 * @param serverMajor such as 18
 * @param now its clock
 * @param pooled whether a pooler stands between
 * @param tables what a run changes, {@code users} first
 * @param sequences those of no column that the role may read
 * @param obstacle what keeps {@code pg_dump} from reading all of it, as half a sentence; null when nothing does
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
     * A table, and what of it the role may read.
     *
     * @param name without its schema
     * @param qualified with it, quoted
     * @param columns that can be read and written back, in the table's order
     * @param omitted names of those that the role may not read
     * @param primaryKey its definition; null for none
     */
    record Table(
            String name,
            String qualified,
            List<Column> columns,
            List<String> omitted,
            @Nullable String primaryKey) {}

    /**
     * A column.
     *
     * @param quoted its name, quoted where that is needed
     * @param type a type that every database knows; {@code text} for one of the host's own
     * @param required whether null is refused
     * @param identity whether the database numbers it
     */
    record Column(String quoted, String type, boolean required, boolean identity) {}
}
