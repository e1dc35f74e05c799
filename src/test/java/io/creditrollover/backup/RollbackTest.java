package io.creditrollover.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.cli.Cli;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rollback of UPGRADING.md, its commands read from there. */
class RollbackTest {
    private static final String DATABASE = "shop";
    private static final String EARLIER_VERSION = "11";

    @TempDir
    private Path directory;

    @Test
    void theTablesOfTheEarlierVersionComeBackWithTheirRowsAndCanBeMigratedAgain() throws Exception {
        try (DebianPostgres server = DebianPostgres.start()) {
            JdbcClient jdbc = earlierInstallation(server);
            List<String> before = tables(jdbc);
            client(server, "pg_dump");
            assertThat(migrate(server)).isZero();
            jdbc.sql("insert into users (phone_number, name, credits) values ('+919800000002', 'new', 7)")
                    .update();
            assertThat(tables(jdbc)).isNotEqualTo(before);

            Files.writeString(directory.resolve("drop.sql"), inDocument("```sql\n(.*?)```"));
            server.client("psql", DATABASE, directory, "-q", "-v", "ON_ERROR_STOP=1", "-f", "drop.sql");
            client(server, "pg_restore");

            assertThat(tables(jdbc)).isEqualTo(before);
            assertThat(jdbc.sql("select sum(credits) from users")
                            .query(Long.class)
                            .single())
                    .as("users are as the application left them")
                    .isEqualTo(8);
            assertThat(migrate(server)).as("the next upgrade").isZero();
        }
    }

    private JdbcClient earlierInstallation(DebianPostgres server) throws Exception {
        JdbcClient jdbc = server.create(DATABASE);
        server.client("psql", DATABASE, Path.of("").toAbsolutePath(), "-q", "-f", "db/host/host-tables.sql");
        Flyway.configure()
                .dataSource(server.url(DATABASE), "postgres", "any")
                .table("credit_rollover_schema_history")
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .locations("classpath:db/migration")
                .target(EARLIER_VERSION)
                .load()
                .migrate();
        jdbc.sql("""
                        insert into credit_rollover_runs (rollover_date, mode, status, cutoff, zone, policy, requested_by)
                        values ('2026-10-01', 'live', 'COMPLETED', '2026-09-30T18:30Z', 'Asia/Kolkata', '{}', 'cron')
                        """).update();
        jdbc.sql("insert into users (phone_number, name, credits) values ('+919800000001', 'A', 1)")
                .update();
        return jdbc;
    }

    private static int migrate(DebianPostgres server) {
        return Cli.with(
                        "spring.datasource.url=" + server.url(DATABASE),
                        "spring.datasource.username=postgres",
                        "spring.datasource.password=any")
                .run("migrate")
                .exitCode();
    }

    /** Runs the document's command, on the test's server. */
    private void client(DebianPostgres server, String program) throws Exception {
        List<String> options = Pattern.compile("--\\S+")
                .matcher(inDocument(program + " (--[^\n`]*)"))
                .results()
                .map(option -> option.group().replace("'", "").replace("DATABASE", DATABASE))
                .filter(option -> !option.startsWith("--dbname"))
                .toList();
        String[] arguments = program.equals("pg_restore")
                ? Stream.concat(options.stream(), Stream.of("before.dump")).toArray(String[]::new)
                : options.toArray(String[]::new);
        server.client(program, DATABASE, directory, arguments);
    }

    private static String inDocument(String pattern) throws Exception {
        Matcher found = Pattern.compile(pattern, Pattern.DOTALL).matcher(Files.readString(Path.of("UPGRADING.md")));
        assertThat(found.find()).as(pattern).isTrue();
        return found.group(1);
    }

    /** The product's columns, keys, rights, and rows of runs and of the history. */
    private static List<String> tables(JdbcClient jdbc) {
        return jdbc.sql("""
                        select format('%s.%s %s', relname, attname, format_type(atttypid, atttypmod))
                        from pg_class c join pg_attribute on attrelid = c.oid
                        where relname like 'credit\\_rollover\\_%' and relkind = 'r' and attnum > 0 and not attisdropped
                        union all
                        select pg_get_constraintdef(c.oid) from pg_constraint c join pg_class t on t.oid = conrelid
                        where relname like 'credit\\_rollover\\_%' and contype <> 'n'
                        union all select format('run %s', rollover_date) from credit_rollover_runs
                        union all select format('version %s', version) from credit_rollover_schema_history
                        order by 1
                        """).query(String.class).list();
    }
}
