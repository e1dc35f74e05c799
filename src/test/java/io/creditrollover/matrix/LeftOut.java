package io.creditrollover.matrix;

import static io.creditrollover.schema.GrantedDatabase.BATCH;

import io.creditrollover.TestDatabase;
import io.creditrollover.cli.Cli;
import java.util.List;

/** A key is not set, while others, named behind it, ask for it. */
final class LeftOut implements DamageKind {
    private static final String NO_DATABASE = "spring.datasource.url";

    @Override
    public String section() {
        return "Keys left out";
    }

    @Override
    public BrokenSetup scene(Row row) {
        TestDatabase database = MatrixDatabases.database(row);
        if (row.broken().equals(NO_DATABASE)) {
            return BrokenSetup.of(database, Cli.with());
        }
        String[] settings = row.broken().replaceFirst("^.*, with ", "").split(" ");
        return BrokenSetup.of(database, Cli.with(MatrixDatabases.settings(database, BATCH, settings)));
    }

    @Override
    public List<String> without(List<Row> rows) {
        return rows.stream().anyMatch(row -> row.broken().equals(NO_DATABASE)) ? List.of() : List.of(NO_DATABASE);
    }
}
