package io.creditrollover.matrix;

import static io.creditrollover.schema.GrantedDatabase.BATCH;

import io.creditrollover.TestDatabase;
import io.creditrollover.cli.Cli;
import io.creditrollover.schema.GrantedDatabase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** What the program talks to is not there, or is another than it should be; each way of this class has a row. */
final class Services implements DamageKind {
    private static final String SERVER = "jdbc:postgresql://localhost:";
    private static final String NOBODY_LISTENS = "1";

    private static final TestDatabase UNMIGRATED = MatrixDatabases.withPeople(GrantedDatabase.fresh());
    private static final Cli ON_UNMIGRATED =
            Cli.startedOnceWith(MatrixDatabases.settings(UNMIGRATED, TestDatabase.USERNAME));

    private final Map<String, Function<Row, BrokenSetup>> ways = new HashMap<>(Map.of(
            "the database server", row -> elsewhere(row, SERVER + NOBODY_LISTENS + "/saas", BATCH),
            "the database on its server", row -> elsewhere(row, SERVER + TestDatabase.port() + "/nowhere", BATCH),
            "the right password", Services::behindAPassword,
            "the role", row -> elsewhere(row, MatrixDatabases.shared(row).url(), "nobody_of_the_matrix"),
            "the mail server", Services::withoutMail,
            "every migration", Services::unmigrated,
            "every migration, and the right to migrate",
                    row -> BrokenSetup.of(UNMIGRATED, Cli.with(MatrixDatabases.settings(UNMIGRATED, BATCH))),
            "the last migration", Services::ofAnEarlierVersion,
            "every table", row -> elsewhere(row, TestDatabase.empty().url(), TestDatabase.USERNAME)));

    Services() {
        ways.put(
                "the address of the host", row -> elsewhere(row, "jdbc:postgresql://no-such-host.invalid/saas", BATCH));
        ways.put(
                "the TLS that is asked for",
                row -> elsewhere(row, MatrixDatabases.shared(row).url() + "?sslmode=require", BATCH));
    }

    @Override
    public String section() {
        return "Services away, and databases that are not the right one";
    }

    @Override
    public BrokenSetup scene(Row row) {
        return Objects.requireNonNull(ways.get(row.broken()), "nothing does this")
                .apply(row);
    }

    private static BrokenSetup elsewhere(Row row, String url, String role) {
        return BrokenSetup.of(MatrixDatabases.shared(row), Cli.with(MatrixDatabases.settings(url, role)));
    }

    private static BrokenSetup behindAPassword(Row row) {
        TestDatabase database = MatrixDatabases.shared(row);
        PasswordRule rule = new PasswordRule(database);
        return new BrokenSetup(
                database, Cli.with(MatrixDatabases.settings(database, rule.role())), rule::askForOne, rule::askForNone);
    }

    private static BrokenSetup withoutMail(Row row) {
        TestDatabase database = MatrixDatabases.copy(row);
        return BrokenSetup.of(
                database,
                Cli.with(MatrixDatabases.settings(
                        database,
                        BATCH,
                        "spring.mail.host=localhost",
                        "spring.mail.port=" + NOBODY_LISTENS,
                        "rollover.notification-email=ops@example.com")));
    }

    private static BrokenSetup unmigrated(Row row) {
        return BrokenSetup.of(
                UNMIGRATED,
                row.isServe() ? Cli.with(MatrixDatabases.settings(UNMIGRATED, TestDatabase.USERNAME)) : ON_UNMIGRATED);
    }

    private static BrokenSetup ofAnEarlierVersion(Row row) {
        TestDatabase database = MatrixDatabases.copy(row)
                .execute(
                        "delete from credit_rollover_schema_history where version = (select max(version::int)::text from credit_rollover_schema_history)");
        return BrokenSetup.of(database, Cli.with(MatrixDatabases.settings(database, BATCH)));
    }

    @Override
    public List<String> without(List<Row> rows) {
        List<String> tried = rows.stream().map(Row::broken).toList();
        return ways.keySet().stream().filter(way -> !tried.contains(way)).toList();
    }
}
