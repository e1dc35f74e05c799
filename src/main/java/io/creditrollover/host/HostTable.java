package io.creditrollover.host;

import java.util.List;
import java.util.Map;

/**
 * One of the host's three tables, or the view that stands for it.
 *
 * @param kind as the catalogue has it: {@code r} a table, {@code p} a partitioned one, {@code v} a view
 * @param updatable whether rows can be updated and locked through it
 * @param creditsUpdatable whether its column credits can
 * @param behind the relations that it is read from in the end, itself where it is a table
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
     * A relation that is no view.
     *
     * @param reader the role whose rights count: that of this process, or the owner of a view
     * @param hidesRows whether row security applies to that role
     * @param children tables that inherit from it and are no partitions
     * @param rules names of its rules for updates
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
