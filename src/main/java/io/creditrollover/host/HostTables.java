package io.creditrollover.host;

import java.util.Collection;
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

    /** Returns the names of the columns that can hold a text. */
    public List<String> textColumns(String table) {
        return columns(table).stream()
                .filter(column -> column.isText() || column.category().equals("S"))
                .map(HostColumn::name)
                .toList();
    }

    /** Returns the names of the columns that are true or false. */
    public List<String> booleanColumns(String table) {
        return columns(table).stream()
                .filter(column -> column.baseType().equals("bool"))
                .map(HostColumn::name)
                .toList();
    }

    /** Returns the names of the columns with a date or moment. */
    public List<String> dateColumns(String table) {
        return columns(table).stream()
                .filter(column -> column.category().equals("D"))
                .map(HostColumn::name)
                .toList();
    }

    /** Returns whether the role may read the column. */
    public boolean isReadable(String table, String column) {
        return columns(table).stream().anyMatch(found -> found.name().equals(column) && found.readable());
    }

    private Collection<HostColumn> columns(String table) {
        HostTable found = tables.get(table);
        return found == null ? List.of() : found.columns().values();
    }

    /** Returns the underlying tables' qualified names. */
    public List<String> behind(String name) {
        HostTable table = tables.get(name);
        return table == null
                ? List.of()
                : table.behind().stream().map(HostTable.Behind::qualified).toList();
    }
}
