package io.creditrollover.matrix;

import java.util.List;

/** Row-level security is switched on for one of the host's tables. */
final class HiddenRows implements DamageKind {
    @Override
    public String section() {
        return "Rows that are hidden";
    }

    @Override
    public BrokenSetup scene(Row row) {
        String security = "alter table " + row.broken() + " %s row level security";
        return BrokenSetup.of(
                MatrixDatabases.shared(row),
                MatrixDatabases.batch(row),
                security.formatted("enable"),
                security.formatted("disable"));
    }

    @Override
    public List<String> without(List<Row> rows) {
        List<String> tried = rows.stream().map(Row::broken).toList();
        return HostsTables.TABLES.stream()
                .filter(table -> !tried.contains(table))
                .toList();
    }
}
