package io.creditrollover.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.Cli;
import io.creditrollover.cli.TestApplication;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Copies of the embedded PostgreSQL 18, for which Debian's pg_dump is too old. */
class BackupByCopyTest {
    @TempDir
    private Path directory;

    @TempDir
    private Path programs;

    private final TestDatabase database = TestDatabase.migrated();

    @Test
    void anExportRestoredIntoAnEmptyDatabaseEqualsTheTablesBeforeTheRun() throws Exception {
        Path psql = DebianPostgres.program("psql");
        hostWithOddities();
        Tables before = Tables.of(database.jdbc(), BackupSourceInspector.TABLES);

        Cli.Result result = run();

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.err())
                .containsPattern(
                        "pg_dump is not used because pg_dump \\d+ is older than the server, 18. The tables are "
                                + "exported by COPY.");
        DebianPostgres.run(List.of("unzip", "-q", theZip().toString(), "-d", directory + "/unpacked"));
        TestDatabase restored = TestDatabase.empty();
        DebianPostgres.run(
                List.of(
                        psql.toString(),
                        "-q",
                        "-h",
                        "localhost",
                        "-p",
                        "" + TestDatabase.port(),
                        "-U",
                        TestDatabase.USERNAME,
                        "-d",
                        restored.name(),
                        "--single-transaction",
                        "-v",
                        "ON_ERROR_STOP=1",
                        "-f",
                        "restore.sql"),
                directory.resolve("unpacked"));
        Tables put = Tables.of(restored.jdbc(), BackupSourceInspector.TABLES);
        assertThat(Tables.of(database.jdbc(), BackupSourceInspector.TABLES).differingFrom(before))
                .contains("users", "credit_rollover_events");
        assertThat(put.differingFrom(before)).allMatch(BackupByCopyTest::changesBeforeTheFirstWrite);
        assertThat(put.rows().get("credit_rollover_events")).isNotEmpty();
        assertThat(restored.count(
                        "insert into users (phone_number, name, credits) values ('+911', 'Next', 5) returning id"))
                .isGreaterThan(300);
    }

    /** The run's own row, its lease and Spring Batch's rows are there from the moment the run begins. */
    private static boolean changesBeforeTheFirstWrite(String table) {
        return table.startsWith("credit_rollover_batch_")
                || List.of(
                                "credit_rollover_runs",
                                "credit_rollover_slices",
                                "credit_rollover_leases",
                                "credit_rollover_tokens")
                        .contains(table);
    }

    @Test
    void theManifestCountsWhatTheFilesHold() throws Exception {
        HostFixture.in(database).manyUsers(300);

        assertThat(run().exitCode()).isZero();

        Map<String, Long> counted = new TreeMap<>();
        Map<String, Long> found = new TreeMap<>();
        try (ZipFile zip = new ZipFile(theZip().toFile())) {
            JsonNode manifest = JsonMapper.shared()
                    .readTree(zip.getInputStream(zip.getEntry("manifest.json")).readAllBytes());
            for (JsonNode table : manifest.path("tables")) {
                counted.put(table.path("name").asString(), table.path("rows").asLong());
                byte[] csv = zip.getInputStream(zip.getEntry(table.path("file").asString()))
                        .readAllBytes();
                found.put(
                        table.path("name").asString(),
                        new String(csv, java.nio.charset.StandardCharsets.UTF_8)
                                        .lines()
                                        .count()
                                - 1);
            }
            assertThat(manifest.path("rolloverDate").asString())
                    .isEqualTo(HostFixture.in(database).date().toString());
        }
        assertThat(counted).containsOnlyKeys(BackupSourceInspector.TABLES).containsEntry("users", 300L);
        assertThat(found).isEqualTo(counted);
    }

    /** A table that a run changes and no copy holds could not be put back. */
    @Test
    void everyTableThatARunChangesIsAmongThoseThatAreCopied() {
        HostFixture host = HostFixture.in(database).manyUsers(20);
        host.aUser(40).pending("monthly", 50, Instant.now());
        Tables before = Tables.all(database.jdbc());

        Cli.Result result = Cli.on(database, "rollover.pending-grace=PT2S").run("run", "--approve=a test");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(BackupSourceInspector.TABLES)
                .containsAll(Tables.all(database.jdbc()).differingFrom(before));
    }

    @Test
    void aViewIsNotCalledAPartitionedTable() {
        database.execute("alter table users rename to accounts", "create view users as select * from accounts");
        try (TestApplication product = TestApplication.on(database)) {
            assertThat(product.bean(BackupSourceInspector.class).look().obstacle())
                    .isEqualTo("users is a view");
        }
    }

    @Test
    void anExportThatTakesLongerThanALeaseIsNotBrokenOff() throws Exception {
        database.execute("create view slow as select pg_sleep(0.5)::text as n from generate_series(1, 6)");
        BackupSource source = new BackupSource(
                database.name(),
                "18",
                18,
                Instant.now(),
                false,
                List.of(new BackupSource.Table(
                        "slow", "slow", List.of(new BackupSource.Column("n", "text", false, false)), List.of(), null)),
                List.of(),
                null);
        Path file = directory.resolve("slow.zip");
        try (TestApplication product = TestApplication.on(database, "rollover.lease.duration=PT1S")) {
            product.bean(CopyExport.class)
                    .export(
                            source,
                            new BackupRequest(1, HostFixture.in(database).date(), () -> false),
                            file,
                            new Deadline(() -> false, Duration.ofMinutes(1)));
        }
        try (ZipFile zip = new ZipFile(file.toFile())) {
            assertThat(zip.getInputStream(zip.getEntry("slow.csv")).readAllBytes())
                    .hasSize("n\n".length() + 6 * 3);
        }
    }

    private Cli.Result run() throws Exception {
        return Cli.on(
                        database,
                        "rollover.backup.enabled=true",
                        "rollover.backup.directory=" + directory,
                        "rollover.backup.pg-dump="
                                + StubPgDump.saying(programs, "pg_dump (PostgreSQL) 15.8 (Debian)", "exit 1"))
                .run("run", "--approve=a test");
    }

    /** A month that has run and was undone, and after it columns and values that copies are known to break on. */
    private void hostWithOddities() {
        HostFixture host = HostFixture.in(database).manyUsers(300);
        host.aPayingUser();
        host.aUserWhoNeverPaid();
        host.aUserWhoToppedUp();
        Cli cli = Cli.on(database);
        assertThat(cli.run("run", "--approve=a test", "--json").exitCode()).isZero();
        long execution = database.count("select max(job_execution_id) from credit_rollover_batch_job_execution");
        assertThat(cli.run("undo", "" + execution, "--reason=a test").exitCode())
                .isZero();
        database.execute(
                "create type mood as enum ('calm, \"quiet\"')",
                "alter table users add \"Mood of\" mood, add note text, add tags text[], add raw bytea, add f float8",
                "update users set \"Mood of\" = 'calm, \"quiet\"', note = '', tags = '{a,\"b,c\",null}', raw = '\\x00ff', "
                        + "f = 0.1 + 0.2 where id % 2 = 0",
                "update users set name = E'Line one\\nline \"two\", \\\\N \\\\. ' || chr(128512) where id = 7",
                "update users set name = E'\\\\.' where id = 8");
    }

    private Path theZip() throws Exception {
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> zips =
                    files.filter(file -> file.toString().endsWith(".zip")).toList();
            assertThat(zips).hasSize(1);
            return zips.get(0);
        }
    }
}
