package io.creditrollover.matrix;

import io.creditrollover.TestDatabase;
import io.creditrollover.cli.Cli;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Something of this system's own is dropped or renamed; each index on payments has a row, and each that keeps things unique. */
final class Damage implements DamageKind {
    private static final Pattern WHAT = Pattern.compile(
            "(index|column|table|sequence) (\\w+)(?:\\.(\\w+))? (dropped|renamed|invalid)(?:, as (\\w+))?");

    @Override
    public String section() {
        return "This system's tables damaged";
    }

    @Override
    public BrokenSetup scene(Row row) {
        Matcher what = WHAT.matcher(row.broken());
        if (!what.matches()) {
            throw new AssertionError("nothing damages this: " + row.broken());
        }
        if (what.group(4).equals("renamed")) {
            return renamed(row, what);
        }
        boolean canBeMended = what.group(1).equals("index") && row.writesNothing() && what.group(5) == null;
        return canBeMended ? withoutIndex(row, what) : forGood(row, what);
    }

    /** How, and whether the index of one of the host's tables or something of this system is damaged. */
    @Override
    public String cause(Row row) {
        return row.broken().replaceAll("credit_rollover_(payments)?[\\w.]*", "$1");
    }

    private static BrokenSetup renamed(Row row, Matcher what) {
        String name = what.group(2);
        String column = what.group(3);
        String table = "alter table " + name + " rename column ";
        String other = "alter " + what.group(1) + " ";
        return column == null
                ? BrokenSetup.of(
                        MatrixDatabases.shared(row),
                        MatrixDatabases.superuser(row),
                        other + name + " rename to gone",
                        other + "gone rename to " + name)
                : BrokenSetup.of(
                        MatrixDatabases.shared(row),
                        MatrixDatabases.superuser(row),
                        table + column + " to gone",
                        table + "gone to " + column);
    }

    private static BrokenSetup withoutIndex(Row row, Matcher what) {
        TestDatabase database = MatrixDatabases.shared(row);
        String name = what.group(2);
        return what.group(4).equals("invalid")
                ? BrokenSetup.of(database, MatrixDatabases.superuser(row), marked(name, false), marked(name, true))
                : BrokenSetup.of(
                        database, MatrixDatabases.superuser(row), dropped(database, name), made(database, name));
    }

    private static BrokenSetup forGood(Row row, Matcher what) {
        TestDatabase database = MatrixDatabases.copy(row);
        String name = what.group(2);
        database.execute(
                switch (what.group(1)) {
                    case "column" -> "alter table " + name + " drop column " + what.group(3) + " cascade";
                    case "index" -> what.group(4).equals("invalid") ? marked(name, false) : dropped(database, name);
                    default -> "drop " + what.group(1) + " " + name + " cascade";
                });
        String role = Objects.requireNonNullElse(what.group(5), TestDatabase.USERNAME);
        return BrokenSetup.of(database, Cli.with(MatrixDatabases.settings(database, role)));
    }

    private static String marked(String index, boolean valid) {
        return "update pg_index set indisvalid = " + valid + " where indexrelid = '" + index + "'::regclass";
    }

    /** One that a constraint made goes with its constraint. */
    private static String dropped(TestDatabase database, String index) {
        return asConstraint(database, index, "'drop constraint ' || conname").orElse("drop index " + index);
    }

    private static String made(TestDatabase database, String index) {
        return asConstraint(database, index, "'add constraint ' || conname || ' ' || pg_get_constraintdef(oid)")
                .orElseGet(() -> database.jdbc()
                        .sql("select pg_get_indexdef('" + index + "'::regclass)")
                        .query(String.class)
                        .single());
    }

    private static Optional<String> asConstraint(TestDatabase database, String index, String change) {
        return database.jdbc()
                .sql("select 'alter table ' || conrelid::regclass || ' ' || " + change
                        + " from pg_constraint where conname = :index")
                .param("index", index)
                .query(String.class)
                .optional();
    }

    @Override
    public List<String> without(List<Row> rows) {
        List<String> tried = rows.stream().map(Row::broken).toList();
        return MatrixDatabases.indexes("relname like 'credit\\_rollover\\_payments\\_%' or "
                        + "indisunique and not indisprimary and relname like 'credit\\_rollover\\_%'")
                .stream()
                .map(index -> "index " + index + " dropped")
                .filter(needed -> !tried.contains(needed))
                .toList();
    }
}
