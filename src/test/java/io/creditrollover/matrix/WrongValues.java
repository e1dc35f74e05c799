package io.creditrollover.matrix;

import static io.creditrollover.schema.GrantedDatabase.BATCH;

import io.creditrollover.TestDatabase;
import io.creditrollover.cli.Cli;
import io.creditrollover.config.AllKeys;
import java.util.List;

/** Keys with a value that does not fit; each key there is has a row. */
final class WrongValues implements DamageKind {
    private static final String MORE_THAN_BCRYPT_TAKES = "x".repeat(73);

    @Override
    public String section() {
        return "Keys with a wrong value";
    }

    @Override
    public BrokenSetup scene(Row row) {
        TestDatabase database = MatrixDatabases.database(row);
        String[] settings = row.broken()
                .replace("DIRECTORY", System.getProperty("java.io.tmpdir"))
                .replace("LONG", MORE_THAN_BCRYPT_TAKES)
                .split(" (?=rollover\\.)");
        return BrokenSetup.of(database, Cli.with(MatrixDatabases.settings(database, BATCH, settings)));
    }

    /** The first two words of the key; keys of one group are read by one class. */
    @Override
    public String cause(Row row) {
        return row.broken().replaceFirst("(rollover\\.[\\w-]+\\b).*", "$1");
    }

    @Override
    public List<String> without(List<Row> rows) {
        return ofAPlan().stream()
                .filter(key -> rows.stream().noneMatch(row -> row.broken().startsWith(key + "=")))
                .toList();
    }

    /** Every key; of a plan's terms, those of one plan. */
    static List<String> ofAPlan() {
        return AllKeys.names().stream().map(key -> key.replace("*", "monthly")).toList();
    }
}
