package io.creditrollover.matrix;

import static io.creditrollover.schema.GrantedDatabase.BATCH;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A column or table of the host is renamed; each column that the batch role may read has a row, and each table. */
final class HostsTables implements DamageKind {
    static final List<String> TABLES = List.of("users", "payments");
    private static final Pattern COLUMN = Pattern.compile("SELECT \\((\\w+)\\) ON (\\w+)");

    @Override
    public String section() {
        return "The host's tables";
    }

    @Override
    public BrokenSetup scene(Row row) {
        String[] name = row.broken().split("\\.");
        String table = "alter table " + name[0] + " rename ";
        return name.length == 1
                ? BrokenSetup.of(
                        MatrixDatabases.shared(row),
                        MatrixDatabases.batch(row),
                        table + "to gone",
                        "alter table gone rename to " + name[0])
                : BrokenSetup.of(
                        MatrixDatabases.shared(row),
                        MatrixDatabases.batch(row),
                        table + "column " + name[1] + " to gone",
                        table + "column gone to " + name[1]);
    }

    /** A table, or any column of it. */
    @Override
    public String cause(Row row) {
        return row.broken().replaceFirst("\\..*", ".");
    }

    @Override
    public List<String> without(List<Row> rows) {
        List<String> needed = new ArrayList<>(TABLES);
        for (String grant : MatrixDatabases.grantsOf(BATCH)) {
            Matcher column = COLUMN.matcher(grant);
            if (column.matches()) {
                needed.add(column.group(2) + "." + column.group(1));
            }
        }
        needed.removeAll(rows.stream().map(Row::broken).toList());
        return needed;
    }
}
