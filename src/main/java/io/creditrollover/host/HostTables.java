package io.creditrollover.host;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the builder of indexes and {@code doctor} need to know of the host's tables. */
public final class HostTables {
    private final Map<String, HostTable> tables;

    HostTables(Map<String, HostTable> tables) {
        this.tables = Map.copyOf(tables);
    }

    /** Returns the qualified name of a table, for SQL; null where it is not there. */
    public @Nullable String qualified(String name) {
        HostTable table = tables.get(name);
        return table == null ? null : Identifiers.quoted(table.schema()) + "." + Identifiers.quoted(name);
    }

    /** Returns whether the name stands for a view. */
    public boolean isView(String name) {
        HostTable table = tables.get(name);
        return table != null && table.isView();
    }

    /** Returns whether the table has partitions. */
    public boolean isPartitioned(String name) {
        HostTable table = tables.get(name);
        return table != null && table.kind().equals("p");
    }

    /** Returns whether a column is an enum, whose cast to text no index can hold. */
    public boolean isEnum(String table, String column) {
        HostTable found = tables.get(table);
        HostColumn typed = found == null ? null : found.columns().get(column);
        return typed != null && typed.isEnum();
    }

    /** Returns the tables that are read from in the end, by qualified name. */
    public List<String> behind(String name) {
        HostTable table = tables.get(name);
        return table == null
                ? List.of()
                : table.behind().stream().map(HostTable.Behind::qualified).toList();
    }
}
