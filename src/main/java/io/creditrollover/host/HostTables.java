package io.creditrollover.host;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Facts about the host's tables. */
public final class HostTables {
    private final Map<String, HostTable> tables;

    HostTables(Map<String, HostTable> tables) {
        this.tables = Map.copyOf(tables);
    }

    /** Returns the quoted, qualified name; null if absent. */
    public @Nullable String qualified(String name) {
        HostTable table = tables.get(name);
        return table == null ? null : Identifiers.quoted(table.schema()) + "." + Identifiers.quoted(name);
    }

    public boolean isView(String name) {
        HostTable table = tables.get(name);
        return table != null && table.isView();
    }

    public boolean isPartitioned(String name) {
        HostTable table = tables.get(name);
        return table != null && table.kind().equals("p");
    }

    /** Returns whether a column is an enum: no index can contain its cast to text. */
    public boolean isEnum(String table, String column) {
        HostTable found = tables.get(table);
        HostColumn typed = found == null ? null : found.columns().get(column);
        return typed != null && typed.isEnum();
    }

    /** Returns the underlying tables' qualified names. */
    public List<String> behind(String name) {
        HostTable table = tables.get(name);
        return table == null
                ? List.of()
                : table.behind().stream().map(HostTable.Behind::qualified).toList();
    }
}
