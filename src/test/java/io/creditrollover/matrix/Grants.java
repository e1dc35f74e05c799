package io.creditrollover.matrix;

import static io.creditrollover.schema.GrantedDatabase.BATCH;

import io.creditrollover.TestDatabase;
import io.creditrollover.cli.Cli;
import java.util.List;

/** A right of the batch role is revoked; each that it was given has a row with {@code run}. */
final class Grants implements DamageKind {
    @Override
    public String section() {
        return "Grants of the role that runs the month";
    }

    @Override
    public BrokenSetup scene(Row row) {
        TestDatabase database = MatrixDatabases.shared(row);
        if (row.broken().equals("CONNECT ON DATABASE")) {
            String right = "connect on database " + database.name();
            Cli newcomer = Cli.with(MatrixDatabases.settings(database, BATCH));
            return BrokenSetup.of(
                    database, newcomer, "revoke " + right + " from public", "grant " + right + " to public");
        }
        String grantee = BATCH + (row.broken().contains("SCHEMA") ? ", public" : "");
        return BrokenSetup.of(
                database,
                MatrixDatabases.batch(row),
                "revoke " + row.broken() + " from " + grantee,
                "grant " + row.broken() + " to " + grantee);
    }

    /** The right, whatever it is a right on. */
    @Override
    public String cause(Row row) {
        return row.broken().replaceAll("[a-z_]+", "");
    }

    @Override
    public List<String> without(List<Row> rows) {
        List<String> tried = rows.stream()
                .filter(row -> row.command().equals("run"))
                .map(Row::broken)
                .toList();
        return MatrixDatabases.grantsOf(BATCH).stream()
                .filter(grant -> !tried.contains(grant))
                .toList();
    }
}
