package io.creditrollover.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.cli.Cli;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Copies made with Debian's pg_dump from Debian's server, and put back with its pg_restore. */
class BackupByPgDumpTest {
    /** Everything that a password file must write in another way. */
    private static final String PASSWORD = "pa:ss\\wo rd'\"#";

    private static DebianPostgres server;

    @TempDir
    private Path directory;

    @BeforeAll
    static void startServer() throws Exception {
        server = DebianPostgres.start();
        server.demandPasswords();
        server.jdbc("postgres")
                .sql("create role runner superuser login password '" + PASSWORD.replace("'", "''") + "'")
                .update();
    }

    @AfterAll
    static void stopServer() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void aDumpRestoredIntoAnEmptyDatabaseEqualsTheTablesBeforeTheRun() throws Exception {
        JdbcClient shop = hostIn("shop");
        LocalDate month =
                LocalDate.ofInstant(Instant.now(), HostFixture.BUSINESS_ZONE).withDayOfMonth(1);
        List<String> settings = new ArrayList<>(login("shop", "runner"));
        assertThat(run(settings, "--date=" + month.minusMonths(1)).exitCode()).isZero();
        shop.sql("update users set credits = 17 where id % 3 = 0").update();
        List<String> compared = List.of(
                "users",
                "credit_rollover_events",
                "credit_rollover_skips",
                "credit_rollover_waits",
                "credit_rollover_tallies");
        Tables before = Tables.of(shop, compared);
        settings.addAll(List.of("rollover.backup.enabled=true", "rollover.backup.directory=" + directory));

        Cli.Result result = run(settings, "--date=" + month);

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.err()).contains("Backup before the first write: ").doesNotContain("pa:ss");
        assertThat(Tables.of(shop, compared).differingFrom(before)).contains("users", "credit_rollover_events");
        Path dump = theOnly(".dump");
        JdbcClient restored = server.create("restored");
        server.client(
                "pg_restore",
                "restored",
                directory,
                "--no-owner",
                "--no-privileges",
                "--exit-on-error",
                dump.getFileName().toString());
        assertThat(Tables.of(restored, compared)).isEqualTo(before);
        assertThat(restored.sql("select status from credit_rollover_runs order by id")
                        .query(String.class)
                        .list())
                .containsExactly("COMPLETED", "RUNNING");
    }

    @Test
    void aDumpHasItsChecksumBesideItAndIsForItsOwnerAlone() throws Exception {
        hostIn("summed");
        List<String> settings = new ArrayList<>(login("summed", "runner"));
        settings.addAll(List.of("rollover.backup.enabled=true", "rollover.backup.directory=" + directory));

        Cli.Result result = run(settings);

        assertThat(result.exitCode()).as(result.err()).isZero();
        Path dump = theOnly(".dump");
        DebianPostgres.run(List.of("sha256sum", "--check", "--strict", dump.getFileName() + ".sha256"), directory);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dump)))
                .isEqualTo("rw-------");
        assertThat(names()).hasSize(2);
    }

    @Test
    void tablesAreExportedByCopyWhereTheRoleMayReadOnlySomeColumns() throws Exception {
        JdbcClient shop = hostIn("granted");
        shop.sql("alter table users add column secret text default 'not for runs'")
                .update();
        shop.sql("create role clerk login password 'clerk'").update();
        assertThat(Cli.with(login("granted", "runner").toArray(String[]::new))
                        .run("migrate")
                        .exitCode())
                .isZero();
        for (String grant : List.of(
                "grant select (id, phone_number, name, credits, created_at), update (credits) on users to clerk",
                "grant select on payments, payment_plans to clerk",
                "grant usage on all sequences in schema public to clerk")) {
            shop.sql(grant).update();
        }
        shop.sql("select format('grant select, insert, update, delete on %I to clerk', relname) from pg_class "
                        + "where relkind = 'r' and relname ~ '^credit_rollover_'")
                .query(String.class)
                .list()
                .forEach(grant -> shop.sql(grant).update());
        List<String> settings = new ArrayList<>(login("granted", "clerk"));
        settings.addAll(List.of("rollover.backup.enabled=true", "rollover.backup.directory=" + directory));

        Cli.Result result = run(settings);

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.err())
                .contains("pg_dump is not used because the role clerk may not read the whole table users");
        JdbcClient restored = server.create("granted_restored");
        DebianPostgres.run(List.of("unzip", "-q", theOnly(".zip").toString(), "-d", directory + "/unpacked"));
        server.client(
                "psql",
                "granted_restored",
                directory.resolve("unpacked"),
                "-q",
                "--single-transaction",
                "-v",
                "ON_ERROR_STOP=1",
                "-f",
                "restore.sql");
        assertThat(restored.sql("select sum(credits) from users")
                        .query(Long.class)
                        .single())
                .isEqualTo(5970);
        assertThat(Files.readString(directory.resolve("unpacked/manifest.json")))
                .contains("\"secret\"");
    }

    private static Cli.Result run(List<String> settings, String... arguments) {
        List<String> all = new ArrayList<>(List.of("run", "--approve=a test", "--json"));
        all.addAll(List.of(arguments));
        return Cli.with(settings.toArray(String[]::new)).run(all.toArray(String[]::new));
    }

    private static List<String> login(String database, String user) {
        return List.of(
                "spring.datasource.url=" + server.url(database),
                "spring.datasource.username=" + user,
                "spring.datasource.password=" + (user.equals("runner") ? PASSWORD : user));
    }

    /** 300 users with 1 to 40 credits, of whom every second paid for the monthly plan. */
    private static JdbcClient hostIn(String database) throws Exception {
        JdbcClient jdbc = server.create(database);
        server.client("psql", database, Path.of("").toAbsolutePath(), "-q", "-f", "db/host/host-tables.sql");
        jdbc.sql("""
                        insert into users (phone_number, name, credits, created_at)
                        select '+91990000' || lpad(n::text, 4, '0'), E'A "person", \\\\ ' || chr(2309) || n, 1 + n % 40,
                               now() - interval '1 year'
                        from generate_series(1, 300) n
                        """).update();
        jdbc.sql("""
                        insert into payments (user_id, phone_number, plan_type, amount, credits_added, payment_status,
                                              created_at)
                        select id, phone_number, 'monthly', 29900, 50, 'paid',
                               date_trunc('month', now() at time zone 'Asia/Kolkata') at time zone 'Asia/Kolkata'
                               - interval '10 days'
                        from users where id % 2 = 0
                        """).update();
        return jdbc;
    }

    private Path theOnly(String suffix) throws Exception {
        List<String> found =
                names().stream().filter(name -> name.endsWith(suffix)).toList();
        assertThat(found).hasSize(1);
        return directory.resolve(found.get(0));
    }

    private List<String> names() throws Exception {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
