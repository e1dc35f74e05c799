package io.creditrollover.host;

import java.util.List;
import java.util.Map;

/**
 * One of the host's tables, or its view.
 *
 * @param kind {@code r} table, {@code p} partitioned table, {@code v} view
 * @param updatable whether rows can be updated and locked
 * @param behind the underlying tables; for a table, itself
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
     * @param reader the role of the access: this process's, or a view's owner
     * @param hidesRows whether row security applies to {@code reader}
     * @param children inheriting tables, without partitions
     * @param rules update rules
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
