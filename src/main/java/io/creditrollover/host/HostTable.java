package io.creditrollover.host;

import java.util.List;
import java.util.Map;

/**
 * One of the host's three tables, or its view.
 *
 * @param kind {@code r} for a table, {@code p} for a partitioned one, {@code v} for a view
 * @param updatable whether rows can be updated and locked through it
 * @param creditsUpdatable whether its column credits can be updated
 * @param behind the underlying tables; for a table, itself
 * @param columns by name, in the table's order
 */
record HostTable(
        String schema,
        String name,
        long oid,
        String kind,
        boolean updatable,
        boolean creditsUpdatable,
        List<Behind> behind,
        Map<String, HostColumn> columns) {

    /**
     * An underlying table.
     *
     * @param reader the role of the access: this process's, or the owner of a view
     * @param hidesRows whether row security applies to {@code reader}
     * @param children inheriting tables, without partitions
     * @param rules names of its update rules
     */
    record Behind(
            String schema,
            String name,
            long oid,
            String kind,
            String reader,
            boolean hidesRows,
            List<String> children,
            List<String> rules) {
        String qualified() {
            return Identifiers.readable(schema) + "." + Identifiers.readable(name);
        }
    }

    boolean isView() {
        return kind.equals("v");
    }

    String qualified() {
        return Identifiers.readable(schema) + "." + Identifiers.readable(name);
    }
}
