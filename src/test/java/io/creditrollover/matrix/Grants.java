package io.creditrollover.matrix;

import static io.creditrollover.schema.GrantedDatabase.BATCH;

import io.creditrollover.TestDatabase;
import io.creditrollover.cli.Cli;
import java.util.List;

/** A right of the batch role is revoked; each that it was given has a row with {@code run}. */
final class Grants implements Kind {
    @Override
    public String section() {
        return "Grants of the role that runs the month";
    }

    @Override
    public Scene scene(Row row) {
        TestDatabase database = Grounds.shared(row);
        if (row.broken().equals("CONNECT ON DATABASE")) {
            String right = "connect on database " + database.name();
            Cli newcomer = Cli.with(Grounds.settings(database, BATCH));
            return Scene.of(database, newcomer, "revoke " + right + " from public", "grant " + right + " to public");
        }
        String grantee = BATCH + (row.broken().contains("SCHEMA") ? ", public" : "");
        return Scene.of(
                database,
                Grounds.batch(row),
                "revoke " + row.broken() + " from " + grantee,
                "grant " + row.broken() + " to " + grantee);
    }

    @Override
    public List<String> without(List<Row> rows) {
        List<String> tried = rows.stream()
                .filter(row -> row.command().equals("run"))
                .map(Row::broken)
                .toList();
        return Grounds.grantsOf(BATCH).stream()
                .filter(grant -> !tried.contains(grant))
                .toList();
    }
}
