package io.creditrollover.matrix;

import static io.creditrollover.schema.GrantedDatabase.BATCH;
import static io.creditrollover.schema.GrantedDatabase.MIGRATE;
import static io.creditrollover.schema.GrantedDatabase.READ;
import static io.creditrollover.schema.GrantedDatabase.SERVE;

import io.creditrollover.TestDatabase;
import io.creditrollover.cli.Cli;
import io.creditrollover.schema.GrantedDatabase;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The roles that migrate, read and serve, each without a right; each right of the one that serves has a row. */
final class OtherRoles implements DamageKind {
    private static final Map<String, String> OF_MIGRATING = Map.of(
            "CREATE ON SCHEMA public",
            "revoke create on schema public from " + MIGRATE,
            "membership of the owner of payments",
            "alter table payments owner to postgres");
    private static final String MEMBERSHIP = "membership of " + BATCH;

    @Override
    public String section() {
        return "Other roles";
    }

    @Override
    public BrokenSetup scene(Row row) {
        String[] roleAndRight = row.broken().split(": ");
        return switch (roleAndRight[0]) {
            case READ -> BrokenSetup.of(MatrixDatabases.shared(row), as(READ, MatrixDatabases.shared(row)));
            case MIGRATE -> migrating(roleAndRight[1]);
            case SERVE -> serving(row, roleAndRight[1].equals(MEMBERSHIP) ? BATCH : roleAndRight[1]);
            default -> throw new AssertionError("no such role: " + roleAndRight[0]);
        };
    }

    /** A role without a right, or without a membership; {@link Grants} tells kinds of rights apart. */
    @Override
    public String cause(Row row) {
        return row.broken().replaceFirst("[A-Z].*", "RIGHT");
    }

    private static BrokenSetup migrating(String right) {
        String taken = OF_MIGRATING.get(right);
        TestDatabase database =
                MatrixDatabases.withPeople(GrantedDatabase.fresh()).execute(String.valueOf(taken));
        return BrokenSetup.of(database, as(MIGRATE, database));
    }

    private static BrokenSetup serving(Row row, String right) {
        TestDatabase database = MatrixDatabases.shared(row);
        return BrokenSetup.of(
                database, as(SERVE, database), "revoke " + right + " from " + SERVE, "grant " + right + " to " + SERVE);
    }

    private static Cli as(String role, TestDatabase database) {
        return Cli.with(MatrixDatabases.settings(database, role));
    }

    @Override
    public List<String> without(List<Row> rows) {
        List<String> tried = rows.stream().map(Row::broken).toList();
        Stream<String> serving = Stream.concat(MatrixDatabases.grantsOf(SERVE).stream(), Stream.of(MEMBERSHIP));
        return Stream.concat(
                        serving.map(right -> SERVE + ": " + right),
                        OF_MIGRATING.keySet().stream().map(right -> MIGRATE + ": " + right))
                .filter(needed -> !tried.contains(needed))
                .toList();
    }
}
