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
final class Services implements Kind {
    private static final String SERVER = "jdbc:postgresql://localhost:";
    private static final String NOBODY_LISTENS = "1";

    private static final TestDatabase UNMIGRATED = Grounds.withPeople(GrantedDatabase.fresh());
    private static final Cli ON_UNMIGRATED = Cli.startedOnceWith(Grounds.settings(UNMIGRATED, TestDatabase.USERNAME));

    private final Map<String, Function<Row, Scene>> ways = new HashMap<>(Map.of(
            "the database server", row -> elsewhere(row, SERVER + NOBODY_LISTENS + "/saas", BATCH),
            "the database on its server", row -> elsewhere(row, SERVER + TestDatabase.port() + "/nowhere", BATCH),
            "the right password", Services::behindAPassword,
            "the role", row -> elsewhere(row, Grounds.shared(row).url(), "nobody_of_the_matrix"),
            "the mail server", Services::withoutMail,
            "every migration", Services::unmigrated,
            "every migration, and the right to migrate",
                    row -> Scene.of(UNMIGRATED, Cli.with(Grounds.settings(UNMIGRATED, BATCH))),
            "the last migration", Services::ofAnEarlierVersion,
            "every table", row -> elsewhere(row, TestDatabase.empty().url(), TestDatabase.USERNAME)));

    Services() {
        ways.put(
                "the address of the host", row -> elsewhere(row, "jdbc:postgresql://no-such-host.invalid/saas", BATCH));
        ways.put(
                "the TLS that is asked for",
                row -> elsewhere(row, Grounds.shared(row).url() + "?sslmode=require", BATCH));
    }

    @Override
    public String section() {
        return "Services away, and databases that are not the right one";
    }

    @Override
    public Scene scene(Row row) {
        return Objects.requireNonNull(ways.get(row.broken()), "nothing does this")
                .apply(row);
    }

    private static Scene elsewhere(Row row, String url, String role) {
        return Scene.of(Grounds.shared(row), Cli.with(Grounds.settings(url, role)));
    }

    private static Scene behindAPassword(Row row) {
        TestDatabase database = Grounds.shared(row);
        PasswordRule rule = new PasswordRule(database);
        return new Scene(
                database, Cli.with(Grounds.settings(database, rule.role())), rule::askForOne, rule::askForNone);
    }

    private static Scene withoutMail(Row row) {
        TestDatabase database = Grounds.copy(row);
        return Scene.of(
                database,
                Cli.with(Grounds.settings(
                        database,
                        BATCH,
                        "spring.mail.host=localhost",
                        "spring.mail.port=" + NOBODY_LISTENS,
                        "rollover.notification-email=ops@example.com")));
    }

    private static Scene unmigrated(Row row) {
        return Scene.of(
                UNMIGRATED,
                row.isServe() ? Cli.with(Grounds.settings(UNMIGRATED, TestDatabase.USERNAME)) : ON_UNMIGRATED);
    }

    private static Scene ofAnEarlierVersion(Row row) {
        TestDatabase database = Grounds.copy(row)
                .execute(
                        "delete from credit_rollover_schema_history where version = (select max(version::int)::text from credit_rollover_schema_history)");
        return Scene.of(database, Cli.with(Grounds.settings(database, BATCH)));
    }

    @Override
    public List<String> without(List<Row> rows) {
        List<String> tried = rows.stream().map(Row::broken).toList();
        return ways.keySet().stream().filter(way -> !tried.contains(way)).toList();
    }
}
