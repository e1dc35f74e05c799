package io.creditrollover.matrix;

import static io.creditrollover.schema.GrantedDatabase.BATCH;

import io.creditrollover.TestDatabase;
import io.creditrollover.cli.Cli;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Keys that are none, as properties or as environment variables; each key there is has a row that suggests it. */
record Misspellings(String section, boolean variables) implements DamageKind {
    static final DamageKind AS_PROPERTIES = new Misspellings("Keys misspelt, in a file or on the command line", false);
    static final DamageKind AS_VARIABLES = new Misspellings("Keys misspelt, as environment variables", true);

    @Override
    public BrokenSetup scene(Row row) {
        TestDatabase database = MatrixDatabases.shared(row);
        return BrokenSetup.of(
                database,
                variables
                        ? Cli.withVariables(Map.of(row.broken(), "true"), MatrixDatabases.settings(database, BATCH))
                        : Cli.with(MatrixDatabases.settings(database, BATCH, row.broken() + "=true")));
    }

    /** How many words the key has: keys are nested in groups, and one group is a map. */
    @Override
    public String cause(Row row) {
        return String.valueOf(row.broken().split("[._]").length);
    }

    @Override
    public List<String> without(List<Row> rows) {
        return WrongValues.ofAPlan().stream()
                .filter(key -> rows.stream().noneMatch(row -> row.says().contains(suggestion(key))))
                .toList();
    }

    private String suggestion(String key) {
        return variables
                ? "(" + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_') + ")"
                : "did you mean " + key + " (";
    }
}
