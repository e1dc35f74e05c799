package io.creditrollover.host;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/** Compares the columns of a table with {@link Needed}. */
final class ColumnChecks {
    private final HostTable table;
    private final ZoneId zone;
    private final Supplier<String> views;

    /** {@code views} is the fix if ALTER TABLE cannot help. */
    ColumnChecks(HostTable table, ZoneId zone, Supplier<String> views) {
        this.table = table;
        this.zone = zone;
        this.views = views;
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        for (Needed needed : Needed.of(table.name())) {
            HostColumn column = table.columns().get(needed.column());
            if (column == null) {
                findings.add(missing(needed));
            } else if (!needed.accepts(column)) {
                findings.add(wrongType(needed, column));
            }
        }
        return findings;
    }

    private Finding missing(Needed needed) {
        String what = "The column " + needed.name() + " is missing. The view below uses NULL or a column with a similar"
                + " name for it. Put the host's own column there.";
        if (needed.name().equals("users.credits")) {
            return Finding.error(
                    needed.name(),
                    "The column users.credits is missing. In a view, give that name to the column with the balance.",
                    "Existing columns: " + String.join(", ", table.columns().keySet()) + ".");
        }
        return Finding.errorMendedByViews(needed.name(), what, views.get());
    }

    private Finding wrongType(Needed needed, HostColumn column) {
        String what = Objects.requireNonNull(needed.wrong(column)) + Conversions.caution(needed, column, zone) + ".";
        String name = Identifiers.readable(column.name());
        String conversion = Conversions.of(needed, column, name, zone);
        if (conversion == null || column.pinned() || table.isView()) {
            return Finding.errorMendedByViews(needed.name(), what, views.get());
        }
        return Finding.error(needed.name(), what, alter(needed, column, name, conversion));
    }

    /** Drops the default first, because it may not fit the new type. */
    private String alter(Needed needed, HostColumn column, String name, String conversion) {
        String type = "ALTER COLUMN " + name + " TYPE " + needed.type() + collation(column) + " USING " + conversion;
        String byDefault = column.defaultValue();
        return "ALTER TABLE " + table.qualified() + " "
                + (byDefault == null
                        ? type
                        : "ALTER COLUMN " + name + " DROP DEFAULT, " + type + ", ALTER COLUMN " + name
                                + " SET DEFAULT (" + byDefault + ")::" + needed.type())
                + ";";
    }

    private static String collation(HostColumn column) {
        return column.caseless() ? " COLLATE pg_catalog.\"default\"" : "";
    }
}
