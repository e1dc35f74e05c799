package io.creditrollover.matrix;

import static io.creditrollover.schema.GrantedDatabase.BATCH;
import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.Cli;
import io.creditrollover.schema.GrantedDatabase;
import java.util.ArrayList;
import java.util.List;

/**
 * The databases that rows are tried on, and the program as the batch role runs it. One is before its month and one after;
 * both are shared by the rows that mend what they break. A row that writes, or that cannot be mended, gets a copy.
 */
final class MatrixDatabases {
    static final String PASSWORD = "a-secret-of-the-matrix";
    static final String QUICK = "spring.datasource.hikari.connection-timeout=250";

    private static final TestDatabase MONTH_TO_RUN =
            withPeople(GrantedDatabase.made().copy());
    private static final TestDatabase MONTH_THAT_RAN = ran();
    private static final TestDatabase BEFORE = MONTH_TO_RUN.copy();
    private static final TestDatabase AFTER = MONTH_THAT_RAN.copy();
    private static final Cli BATCH_BEFORE = Cli.startedOnceWith(settings(BEFORE, BATCH));
    private static final Cli BATCH_AFTER = Cli.startedOnceWith(settings(AFTER, BATCH));
    private static final Cli SUPERUSER_BEFORE = Cli.startedOnceWith(settings(BEFORE, TestDatabase.USERNAME));
    private static final Cli SUPERUSER_AFTER = Cli.startedOnceWith(settings(AFTER, TestDatabase.USERNAME));

    private MatrixDatabases() {}

    /** User 1 keeps everything, 2 and 3 lose. */
    static TestDatabase withPeople(TestDatabase database) {
        HostFixture host = HostFixture.in(database);
        host.aPayingUser();
        host.aLapsedUser();
        host.aUserWhoToppedUp();
        return database;
    }

    private static TestDatabase ran() {
        TestDatabase database = MONTH_TO_RUN.copy();
        Cli.Result run = GrantedDatabase.as(BATCH, database).run("run", "--approve=the matrix", "--json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.json().path("executionId").asLong()).isEqualTo(1);
        return database;
    }

    static TestDatabase shared(Row row) {
        return row.isOfAMonthThatRan() ? AFTER : BEFORE;
    }

    static TestDatabase copy(Row row) {
        return (row.isOfAMonthThatRan() ? MONTH_THAT_RAN : MONTH_TO_RUN).copy();
    }

    /** The shared one, or a copy where the row writes. */
    static TestDatabase database(Row row) {
        return row.writesNothing() ? shared(row) : copy(row);
    }

    /** The program as the batch role runs it on the shared database; one that serves is started for its row. */
    static Cli batch(Row row) {
        if (row.isServe()) {
            return Cli.with(settings(shared(row), BATCH));
        }
        return row.isOfAMonthThatRan() ? BATCH_AFTER : BATCH_BEFORE;
    }

    /** The program as it runs with every right, on the shared database. */
    static Cli superuser(Row row) {
        return row.isOfAMonthThatRan() ? SUPERUSER_AFTER : SUPERUSER_BEFORE;
    }

    /** Those of a role on a database; what only {@code serve} or {@code worker} heeds is there for either. */
    static String[] settings(TestDatabase database, String role, String... more) {
        return settings(database.url(), role, more);
    }

    static String[] settings(String url, String role, String... more) {
        List<String> all = new ArrayList<>(List.of(
                "spring.datasource.url=" + url,
                "spring.datasource.username=" + role,
                "spring.datasource.password=" + PASSWORD,
                QUICK,
                "rollover.safety.first-run=allow",
                "rollover.remote.wait-for-run=PT0S",
                "server.port=0"));
        List<String> given = List.of(more);
        all.removeIf(setting -> given.stream().anyMatch(other -> keyOf(other).equals(keyOf(setting))));
        all.addAll(given);
        if (given.stream().noneMatch(setting -> setting.startsWith("server.address"))) {
            all.add("server.address=127.0.0.1");
        }
        return all.toArray(String[]::new);
    }

    private static String keyOf(String setting) {
        return setting.substring(0, setting.indexOf('='));
    }

    /** What a role was granted in the database, as {@code SELECT (id) ON users}; what only migrations concern is left out. */
    static List<String> grantsOf(String role) {
        return MONTH_TO_RUN
                .jdbc()
                .sql("""
                        select a.privilege_type || ' ON ' || case c.relkind when 'S' then 'SEQUENCE ' else '' end || c.relname
                        from pg_class c, aclexplode(c.relacl) a where a.grantee = cast(:role as regrole)
                        union all
                        select a.privilege_type || ' (' || t.attname || ') ON ' || c.relname
                        from pg_attribute t join pg_class c on c.oid = t.attrelid, aclexplode(t.attacl) a
                        where a.grantee = cast(:role as regrole)
                        union all
                        select a.privilege_type || ' ON SCHEMA ' || n.nspname
                        from pg_namespace n, aclexplode(n.nspacl) a where a.grantee = cast(:role as regrole)
                        """)
                .param("role", role)
                .query(String.class)
                .list();
    }

    /** Names of indexes, of the database before its month. */
    static List<String> indexes(String condition) {
        return MONTH_TO_RUN
                .jdbc()
                .sql("select c.relname from pg_index i join pg_class c on c.oid = i.indexrelid where " + condition)
                .query(String.class)
                .list();
    }
}
