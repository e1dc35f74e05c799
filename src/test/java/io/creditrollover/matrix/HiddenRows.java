package io.creditrollover.matrix;

import java.util.List;

/** Row-level security is switched on for one of the host's tables. */
final class HiddenRows implements Kind {
    @Override
    public String section() {
        return "Rows that are hidden";
    }

    @Override
    public Scene scene(Row row) {
        String security = "alter table " + row.broken() + " %s row level security";
        return Scene.of(
                Grounds.shared(row), Grounds.batch(row), security.formatted("enable"), security.formatted("disable"));
    }

    @Override
    public List<String> without(List<Row> rows) {
        List<String> tried = rows.stream().map(Row::broken).toList();
        return HostsTables.TABLES.stream()
                .filter(table -> !tried.contains(table))
                .toList();
    }
}
